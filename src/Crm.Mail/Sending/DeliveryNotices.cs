namespace Crm.Mail.Sending;

/// <summary>What the sender asks to be told by servers with DSN (RFC 3461 §4.1). Servers without it decide for themselves.</summary>
[Flags]
public enum DeliveryNotices
{
    /// <summary>As the server likes.</summary>
    Unasked = 0,

    /// <summary>When it arrived.</summary>
    Success = 1,

    /// <summary>When it could not be delivered.</summary>
    Failure = 2,

    /// <summary>When it takes long.</summary>
    Delay = 4,

    /// <summary>Nothing at all; stands alone.</summary>
    Never = 8,
}
