using Crm.Abstractions.Pages;

namespace Crm.Activities.Mails;

/// <summary>The box above a contact's timeline in which a mail is written.</summary>
internal sealed class MailComposer : Composer
{
    public override string Title => "E-mail";

    public override string Icon => "mail";

    public override string Permission => ActivitiesPermissions.SendMails.Name;

    public override string Url => "/activities/mails/write/{id}";

    public override IReadOnlyList<string> Kinds => ["person", "organization"];
}
