using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Activities.Mails;

/// <summary>Templates, described once for every door.</summary>
internal sealed class MailTemplateRecord : RecordType<MailTemplate>
{
    public override MailTemplate Create(Guid? about) => MailTemplate.New();

    public override void Check(MailTemplate record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (string.IsNullOrWhiteSpace(record.Name))
            throw new RuleViolation("name", "Give the template a name.");
        if (MergeWords.Unclosed(record.Subject) || MergeWords.Unclosed(record.Text))
            throw new RuleViolation("text", "A word in double braces is not closed: write it as {{firstName}}.");
    }

    protected override void Describe(RecordDescription<MailTemplate> it)
    {
        ArgumentNullException.ThrowIfNull(it);
        it.Named(MailTemplate.KindName, "mail-templates", "activities").Shown("Mail template", "Mail templates", "mail-cog")
            .Allowed(ActivitiesPermissions.ViewTemplates, ActivitiesPermissions.EditTemplates, ActivitiesPermissions.EditTemplates);
        it.Field(t => t.Name).Required().Max(100).Searchable();
        it.Field(t => t.Subject).Max(300).Searchable().Listed();
        it.LongText(t => t.Text).Searchable().Label("Text", "Words in double braces come from the record: {{firstName}}, {{title}}, {{organization}}, any field by its name in the API; {{me}} is whoever sends.");
    }

    protected override string Title(MailTemplate record) => record.Name.Trim();
}

/// <summary>Columns of <c>activities_mail_template</c>.</summary>
internal sealed class MailTemplateMapping : Mapping<MailTemplate>
{
    protected override void Map(EntityTypeBuilder<MailTemplate> it) => it.Record("activities_mail_template");
}
