namespace Crm.Mail.Smtp;

/// <summary>How long each step may take. RFC 5321 §4.5.3.2 asks for patience; a queue that waits behind a dead server asks for less.</summary>
public sealed record SmtpTimes
{
    /// <summary>Until the server is reached.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Until its greeting.</summary>
    public TimeSpan Greeting { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Until the connection is secured.</summary>
    public TimeSpan Tls { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Until the answer to one command.</summary>
    public TimeSpan Command { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Until the server has taken one block of the mail.</summary>
    public TimeSpan Block { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Until the answer after the final dot. Being impatient here doubles mails.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long that answer is still awaited when the caller ends the attempt.</summary>
    public TimeSpan AnswerWhenEnded { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an unused connection is kept for the next mail.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(30);
}
