using Crm.Abstractions.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Activities.Mails;

/// <summary>What stands below the mails of a user.</summary>
internal sealed class Signature
{
    public Guid UserId { get; init; }

    public string Text { get; set; } = "";
}

/// <summary>Columns of <c>activities_signature</c>.</summary>
internal sealed class SignatureMapping : Mapping<Signature>
{
    public static void Schema(SchemaChange change)
    {
        change.Table("activities_mail_template", t =>
        {
            t.Record();
            t.Text("name");
            t.Text("subject");
            t.Text("text");
        });
        change.Table("activities_signature", t =>
        {
            t.Id("user_id");
            t.Text("text");
            t.PrimaryKey("user_id");
        });
    }

    protected override void Map(EntityTypeBuilder<Signature> it) => it.ToTable("activities_signature").HasKey(s => s.UserId);
}
