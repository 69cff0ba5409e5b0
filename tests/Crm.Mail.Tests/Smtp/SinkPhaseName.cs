namespace Crm.Mail.Tests.Smtp;

/// <summary>The sink's phases by a public name, which xunit's data needs.</summary>
public enum SinkPhaseName
{
    Greeting,
    Hello,
    MailFrom,
    RcptTo,
    Data,
    Content,
    Dot,
}
