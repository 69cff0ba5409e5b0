namespace Crm.Mail.Sending;

/// <summary>How far a conversation had come when it ended.</summary>
public enum SendPhase
{
    /// <summary>Nothing was tried: this mail cannot go this way.</summary>
    Before,

    /// <summary>Finding and reaching the server.</summary>
    Connect,

    /// <summary>Waiting for its greeting.</summary>
    Greeting,

    /// <summary>Saying hello, and hearing what it can.</summary>
    Hello,

    /// <summary>Securing the connection.</summary>
    Tls,

    /// <summary>Signing in.</summary>
    SignIn,

    /// <summary>Sender and recipients.</summary>
    Envelope,

    /// <summary>The mail itself, up to the final dot.</summary>
    Content,

    /// <summary>After the final dot.</summary>
    Answer,
}
