namespace Crm.Mail.Mime;

/// <summary>How much of a hostile mail is read. What goes beyond is left out and named in <see cref="MimeMessage.Defects"/>; only a mail over <see cref="MostBytes"/> is refused.</summary>
public sealed record MimeLimits
{
    /// <summary>What is read where nothing else is said.</summary>
    public static MimeLimits Default { get; } = new();

    /// <summary>The whole mail, in bytes.</summary>
    public int MostBytes { get; init; } = 100 * 1024 * 1024;

    /// <summary>One header, in bytes.</summary>
    public int MostHeaderBytes { get; init; } = 256 * 1024;

    /// <summary>The fields of one header.</summary>
    public int MostHeaders { get; init; } = 1000;

    /// <summary>All parts together.</summary>
    public int MostParts { get; init; } = 2000;

    /// <summary>Parts in parts in parts, forwarded mails included.</summary>
    public int MostDepth { get; init; } = 32;
}
