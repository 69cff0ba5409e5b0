using Crm.Abstractions.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Kernel.Mail;

/// <summary>A mail on its way out, and afterwards the proof of what became of it.</summary>
internal sealed class SentMail
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public DateTimeOffset At { get; init; }

    public MailState State { get; set; }

    /// <summary>When it is tried (again); null once it is settled.</summary>
    public DateTimeOffset? DueAt { get; set; }

    public int Attempts { get; set; }

    public string MessageId { get; init; } = "";

    /// <summary>The envelope's sender.</summary>
    public string Sender { get; init; } = "";

    /// <summary>Those who have not been served yet, one address a line.</summary>
    public string Recipients { get; set; } = "";

    /// <summary>To whom it was written, as the mail says.</summary>
    public string Addressees { get; set; } = "";

    public string Subject { get; set; } = "";

    /// <summary>The mail as it goes out: each attempt sends the same bytes.</summary>
    public byte[] Content { get; set; } = [];

    /// <summary>What the relay said last.</summary>
    public string Detail { get; set; } = "";

    public Guid? UserId { get; init; }

    public Guid? RecordId { get; init; }

    public DateTimeOffset? SentAt { get; set; }

    /// <summary>Leaves nothing of it but that there was one; it is not sent any more.</summary>
    public void Forget()
    {
        (Addressees, Subject, Recipients, Detail, Content) = ("", "", "", "", []);
        if (DueAt is not null)
            (State, DueAt) = (MailState.GivenUp, null);
    }
}

/// <summary>A further record that a mail's words name, as a day's notices name several.</summary>
internal sealed class MailRecord
{
    public Guid MailId { get; init; }

    public Guid RecordId { get; init; }
}

/// <summary>What became of a mail.</summary>
internal enum MailState
{
    Waiting,

    /// <summary>Given to the relay, whose answer is not known yet. One that is found so after a crash is <see cref="Unheard"/>.</summary>
    Sending,

    Sent,

    /// <summary>The relay will not have it.</summary>
    Refused,

    /// <summary>It may have been sent: the relay's answer was not heard. Nobody sends it again unasked.</summary>
    Unheard,

    /// <summary>Tried as often as it may be.</summary>
    GivenUp,
}

/// <summary>Maps the list of sent mail.</summary>
internal sealed class SentMailMapping : Mapping
{
    public static void Schema(SchemaChange change)
    {
        change.Table("core_mail", t =>
        {
            t.Key();
            t.Instant("at");
            t.Small("state");
            t.Instant("due_at", nullable: true);
            t.Small("attempts");
            foreach (var name in (string[])["message_id", "sender", "recipients", "addressees", "subject"])
                t.Text(name);
            t.Bytes("content");
            t.Text("detail");
            t.Id("user_id", nullable: true);
            t.Reference("record_id", nullable: true);
            t.Instant("sent_at", nullable: true);
        });
        change.Index("core_mail", ["due_at"], where: "due_at IS NOT NULL");
        change.Index("core_mail", ["state", "id"]);
        change.Index("core_mail", ["record_id"]);
    }

    public static void Records(SchemaChange change)
    {
        change.Table("core_mail_record", t =>
        {
            t.Reference("mail_id", "core_mail", cascade: true);
            t.Id("record_id");
            t.PrimaryKey("record_id", "mail_id");
        });
        change.Index("core_mail_record", ["mail_id"]);
    }

    public override void Map(ModelBuilder model)
    {
        model.Entity<SentMail>(Mail);
        model.Entity<MailRecord>(e =>
        {
            e.ToTable("core_mail_record").HasKey(r => new { r.RecordId, r.MailId });
            e.HasOne<SentMail>().WithMany().HasForeignKey(r => r.MailId).OnDelete(DeleteBehavior.Cascade);
        });
    }

    private static void Mail(EntityTypeBuilder<SentMail> e)
    {
        e.ToTable("core_mail").HasKey(m => m.Id);
        e.Property(m => m.Id).ValueGeneratedNever();
        e.Property(m => m.State).IsConcurrencyToken();
        e.Property(m => m.Addressees).Personal();
        e.Property(m => m.Subject).Personal();
        e.Reference(m => m.RecordId);
        e.HasIndex(m => m.DueAt).HasFilter("due_at IS NOT NULL");
        e.HasIndex(m => new { m.State, m.Id });
    }
}
