namespace Crm.Activities;

/// <summary>Names the module's texts for the localiser.</summary>
internal sealed class ActivitiesText;
