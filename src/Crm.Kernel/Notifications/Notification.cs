using Crm.Abstractions.Data;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Notifications;

/// <summary>A notice that a user has.</summary>
internal sealed class Notification
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid UserId { get; init; }

    public DateTimeOffset At { get; init; }

    public string Kind { get; init; } = "";

    public string Text { get; init; } = "";

    /// <summary>The values in the text: JSON.</summary>
    public string Values { get; init; } = "[]";

    public Guid? RecordId { get; init; }

    public string? Url { get; init; }

    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>When it was mailed, or decided that it is not; null while that is open.</summary>
    public DateTimeOffset? SettledAt { get; set; }
}

/// <summary>Maps notices.</summary>
internal sealed class NotificationMapping : Mapping
{
    public static void Schema(SchemaChange change)
    {
        change.Table("core_notification", t =>
        {
            t.Key();
            t.Reference("user_id", "core_user", cascade: true);
            t.Instant("at");
            t.Text("kind");
            t.Text("text");
            t.Text("values");
            t.Reference("record_id", nullable: true);
            t.Text("url", nullable: true);
            t.Instant("read_at", nullable: true);
        });
        change.Index("core_notification", ["user_id", "id"]);
        change.Index("core_notification", ["user_id"], where: "read_at IS NULL");
        change.Index("core_notification", ["record_id"]);
    }

    public override void Map(ModelBuilder model) => model.Entity<Notification>(e =>
    {
        e.ToTable("core_notification").HasKey(n => n.Id);
        e.Property(n => n.Id).ValueGeneratedNever();
        e.HasOne<User>().WithMany().HasForeignKey(n => n.UserId).OnDelete(DeleteBehavior.Cascade);
        e.Reference(n => n.RecordId);
        e.HasIndex(n => new { n.UserId, n.Id });
        e.HasIndex(n => n.UserId).HasFilter("read_at IS NULL");
        e.HasIndex(n => n.SettledAt).HasFilter("settled_at IS NULL");
    });
}
