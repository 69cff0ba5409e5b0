namespace Crm.Mail.Testing;

/// <summary>Where in a conversation a script may step in.</summary>
internal enum SinkPhase
{
    Greeting,
    Hello,
    StartTls,
    SignIn,
    MailFrom,
    RcptTo,
    Data,

    /// <summary>The first line of the mail has come.</summary>
    Content,

    /// <summary>The final dot has come, and the mail is kept; only the answer is missing.</summary>
    Dot,
    Reset,
    Quit,
}
