using Crm.Abstractions.Pages;

namespace Crm.Activities.Interactions;

/// <summary>The box above a record's timeline in which a contact is logged.</summary>
internal sealed class InteractionComposer : Composer
{
    public override string Title => "Log a contact";

    public override string Icon => "phone-plus";

    public override string Permission => ActivitiesPermissions.Edit;

    public override string Url => "/activities/interactions/log/{id}";
}
