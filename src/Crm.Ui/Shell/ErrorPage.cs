namespace Crm.Ui.Shell;

/// <summary>What the partial <c>_Error</c> shows.</summary>
/// <param name="Code">The HTTP status, 403, 404, 500 or 503.</param>
/// <param name="Title">What happened, in a few words, translated.</param>
/// <param name="Text">What to do next, translated.</param>
/// <param name="Trace">A code that an administrator finds in the log, or null.</param>
public sealed record ErrorPage(int Code, string Title, string Text, string? Trace = null);
