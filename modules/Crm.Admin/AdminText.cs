namespace Crm.Admin;

/// <summary>Names the texts of the administration for the localiser; the English text is the key.</summary>
internal sealed class AdminText;
