namespace Crm.Abstractions.Mail;

/// <summary>Sends mail: written with the unit that it belongs to, sent after its commit, tried again where the relay was away.</summary>
public interface IOutgoingMail
{
    /// <summary>True where a relay, or a folder for trying things out, is set.</summary>
    bool IsReady { get; }

    /// <summary>Adds a mail to the scope's unit. Says its id in the list of sent mail.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="ct">Ends the read of who signs.</param>
    /// <exception cref="Records.RuleViolation">No address, one that can't be read, or no relay is set.</exception>
    Task<Guid> SendAsync(MailDraft mail, CancellationToken ct);
}

/// <summary>A mail as a module wants it sent.</summary>
/// <param name="To">To whom, as <c>Anna &lt;anna@example.org&gt;</c> or the address alone.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Text">The text, plain.</param>
public sealed record MailDraft(IReadOnlyList<string> To, string Subject, string Text)
{
    /// <summary>Copies.</summary>
    public IReadOnlyList<string> Cc { get; init; } = [];

    /// <summary>The text in HTML, or null.</summary>
    public string? Html { get; init; }

    /// <summary>Who signs; his name stands before the site's address, and answers go to him. Null for the server itself.</summary>
    public Guid? UserId { get; init; }

    /// <summary>The record that it is about, or null.</summary>
    public Guid? RecordId { get; init; }

    /// <summary>Further records that its words name: when one of them is forgotten, the mail is.</summary>
    public IReadOnlyList<Guid> FurtherRecordIds { get; init; } = [];

    /// <summary>The mail that it answers, as its <c>Message-ID</c>, or null.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>An invitation (RFC 5545) with its method (RFC 6047), or null.</summary>
    public MailCalendar? Calendar { get; init; }

    /// <summary>Files.</summary>
    public IReadOnlyList<MailFile> Files { get; init; } = [];
}

/// <summary>A calendar part.</summary>
/// <param name="Text">iCalendar text.</param>
/// <param name="Method"><c>REQUEST</c>, <c>CANCEL</c>, <c>REPLY</c>.</param>
public sealed record MailCalendar(string Text, string Method);

/// <summary>A file that goes with a mail.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MediaType">Such as <c>application/pdf</c>.</param>
/// <param name="Content">Its bytes.</param>
public sealed record MailFile(string Name, string MediaType, ReadOnlyMemory<byte> Content);
