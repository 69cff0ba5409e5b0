using Crm.Mail.Wire;

namespace Crm.Mail.Smtp;

/// <summary>Which server takes our mail, and how we speak to it.</summary>
public sealed record SmtpSettings
{
    /// <summary>The server's name; its certificate is for this name.</summary>
    public required string Host { get; init; }

    /// <summary>Its port: 587 for submission (RFC 6409), 465 with <see cref="SmtpSecurity.Tls"/>, 25 between servers.</summary>
    public int Port { get; init; } = 587;

    /// <summary>How the connection is secured.</summary>
    public SmtpSecurity Security { get; init; } = SmtpSecurity.StartTls;

    /// <summary>Which certificates are believed.</summary>
    public TlsTrust Trust { get; init; } = TlsTrust.Machine;

    /// <summary>How to sign in, or null for not at all.</summary>
    public SmtpLogin? Login { get; init; }

    /// <summary>Lets a password or token go over a connection that is not secured.</summary>
    public bool AllowLoginInPlain { get; init; }

    /// <summary>What we call ourselves in EHLO: a domain or an address in brackets. What is neither becomes <c>[127.0.0.1]</c>.</summary>
    public string HelloName { get; init; } = "[127.0.0.1]";

    /// <summary>How long each step may take.</summary>
    public SmtpTimes Times { get; init; } = new();

    /// <summary>After how many mails a connection is ended and a new one made; many servers mind more than 100.</summary>
    public int MostMailsPerConnection { get; init; } = 100;
}
