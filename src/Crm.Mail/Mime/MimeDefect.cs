namespace Crm.Mail.Mime;

/// <summary>Something wrong in a mail that was read nevertheless.</summary>
public enum MimeDefect
{
    /// <summary>A line of the header is no field; the body was taken to begin there.</summary>
    BrokenHeader,

    /// <summary>A header was over <see cref="MimeLimits.MostHeaderBytes"/> or <see cref="MimeLimits.MostHeaders"/>; the rest of it was left out.</summary>
    HeaderTooLong,

    /// <summary>A multipart does not say what divides its parts, so it was read as one.</summary>
    NoBoundary,

    /// <summary>What should divide the parts never comes; the part was read as one.</summary>
    BoundaryNotFound,

    /// <summary>The mail ended before its last part did.</summary>
    CutOff,

    /// <summary>There were more parts than <see cref="MimeLimits.MostParts"/>; the rest was left out.</summary>
    TooManyParts,

    /// <summary>Parts were nested deeper than <see cref="MimeLimits.MostDepth"/>; the deepest was read as one.</summary>
    TooDeep,
}
