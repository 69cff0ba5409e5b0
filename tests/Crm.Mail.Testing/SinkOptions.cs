using System.Security.Cryptography.X509Certificates;

namespace Crm.Mail.Testing;

/// <summary>What a test's mail server can, and how it misbehaves.</summary>
internal sealed record SinkOptions
{
    /// <summary>The lines of its answer to EHLO. STARTTLS and AUTH are added by what is below.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = ["PIPELINING", "SIZE 10485760", "8BITMIME", "SMTPUTF8", "DSN", "ENHANCEDSTATUSCODES"];

    public X509Certificate2? Certificate { get; init; }

    /// <summary>TLS from the first byte; without it a certificate offers STARTTLS.</summary>
    public bool TlsAtOnce { get; init; }

    /// <summary>Offers no STARTTLS although it has a certificate: somebody in between took the line away.</summary>
    public bool HidesStartTls { get; init; }

    /// <summary>Bytes that somebody in between puts behind the answer to STARTTLS.</summary>
    public string InjectedAfterStartTls { get; init; } = "";

    /// <summary>Names and passwords (or tokens); without any, nobody has to sign in.</summary>
    public IReadOnlyDictionary<string, string> Users { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public string Mechanisms { get; init; } = "PLAIN LOGIN CRAM-MD5 XOAUTH2";

    /// <summary>Asked at every step; null lets the server do what it would.</summary>
    public Func<SinkStep, SinkAct?> Script { get; init; } = _ => null;
}
