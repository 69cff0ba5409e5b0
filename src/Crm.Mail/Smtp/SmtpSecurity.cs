namespace Crm.Mail.Smtp;

/// <summary>How the connection to an SMTP server is secured.</summary>
public enum SmtpSecurity
{
    /// <summary>STARTTLS, and nothing is sent without it (RFC 3207), usually on port 587 or 25.</summary>
    StartTls,

    /// <summary>TLS from the first byte (RFC 8314), usually on port 465.</summary>
    Tls,

    /// <summary>STARTTLS where the server offers it; whoever stands in between can take the offer away. Where it is offered and fails, nothing is sent.</summary>
    StartTlsWhenOffered,

    /// <summary>Never: for a relay on the same machine or in a closed network.</summary>
    Plain,
}
