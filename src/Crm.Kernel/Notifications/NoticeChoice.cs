using Crm.Abstractions.Data;
using Crm.Abstractions.Notifications;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Notifications;

/// <summary>How a user wants notices of a kind mailed, where he chose.</summary>
internal sealed class NoticeChoice
{
    public Guid UserId { get; init; }

    public string Kind { get; init; } = "";

    public NoticeMail Mail { get; set; }
}

/// <summary>Maps the choices.</summary>
internal sealed class NoticeChoiceMapping : Mapping
{
    public static void Schema(SchemaChange change)
    {
        change.Table("core_notice_choice", t =>
        {
            t.Reference("user_id", "core_user", cascade: true);
            t.Text("kind");
            t.Small("mail");
            t.PrimaryKey("user_id", "kind");
        });
        change.Columns("core_notification", t => t.Instant("settled_at", nullable: true));
        change.Index("core_notification", ["settled_at"], where: "settled_at IS NULL");
    }

    public override void Map(ModelBuilder model) => model.Entity<NoticeChoice>(e =>
    {
        e.ToTable("core_notice_choice").HasKey(c => new { c.UserId, c.Kind });
        e.HasOne<User>().WithMany().HasForeignKey(c => c.UserId).OnDelete(DeleteBehavior.Cascade);
    });
}
