namespace Crm.Mail.Sending;

/// <summary>What became of a mail, or of one recipient's copy. Every case asks for another answer from who sent it.</summary>
public enum SendOutcome
{
    /// <summary>The server took it and answers for it from now on.</summary>
    Accepted,

    /// <summary>Refused for good (5xx): the same again will be refused again.</summary>
    Refused,

    /// <summary>Refused for now (4xx): the same may pass later.</summary>
    Deferred,

    /// <summary>Surely not sent, and the mail is not at fault: no connection, no TLS, no sign-in, or the connection ended before the final dot. May be tried again.</summary>
    NotSent,

    /// <summary>The connection ended, or time ran out, after the final dot and before its answer. The server may have it or not: trying again may double it, leaving it may lose it.</summary>
    Unknown,
}
