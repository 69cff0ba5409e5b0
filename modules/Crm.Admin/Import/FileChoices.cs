using Microsoft.AspNetCore.Mvc.Rendering;

namespace Crm.Admin.Import;

/// <summary>How files are written: what can be chosen where the guess is wrong.</summary>
internal static class FileChoices
{
    public static IReadOnlyList<string?> Encodings { get; } = ["utf-8", "utf-16", "windows-1252", "windows-1257"];

    public static IReadOnlyList<SelectListItem> Delimiters { get; } = [new("Comma", ","), new("Semicolon", ";"), new("Tab", "tab"), new("Bar", "|")];
}
