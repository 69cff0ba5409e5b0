namespace Crm.Ui.Shell;

/// <summary>A step of the breadcrumb above a page's title.</summary>
/// <param name="Text">Translated.</param>
/// <param name="Url">Where it leads.</param>
public sealed record Crumb(string Text, string Url);
