using Microsoft.AspNetCore.Http;

namespace Crm.Ui.Shell;

/// <summary>What a theme's layout asks for to draw the frame around every page. The kernel implements it once.</summary>
public interface IShell
{
    /// <summary>The company's name for this server. Answers without touching the database, so that error pages can use it.</summary>
    string SiteName { get; }

    /// <summary>The frame's contents for the person behind this request; called once per full page, never for an htmx fragment.</summary>
    ValueTask<ShellContent> ContentAsync(HttpContext http);
}

/// <summary>The contents of the frame.</summary>
/// <param name="User">The person signed in, or null; without one the layout shows neither menu nor search.</param>
/// <param name="Menu">The left menu, in order, already trimmed to what this person may open.</param>
/// <param name="New">The entries of the "new" menu, in order, already trimmed.</param>
public sealed record ShellContent(ShellUser? User, IReadOnlyList<ShellMenuGroup> Menu, IReadOnlyList<ShellNewItem> New)
{
    /// <summary>What a page for somebody who is not signed in gets.</summary>
    public static ShellContent Anonymous { get; } = new(null, [], []);

    /// <summary>Where the choice of theme is posted as <c>theme=auto|light|dark</c>; null keeps it in this browser only.</summary>
    public string? ThemeUrl { get; init; }
}

/// <summary>The person signed in.</summary>
/// <param name="DisplayName">As colleagues know them.</param>
/// <param name="Initials">One or two letters; empty lets the layout take them from the name.</param>
/// <param name="Email">Shown small under the name.</param>
/// <param name="Theme">What this person chose for light and dark.</param>
public sealed record ShellUser(string DisplayName, string Initials, string Email, ShellTheme Theme);

/// <summary>Light or dark: the person's choice, or the system's wish.</summary>
public enum ShellTheme
{
    /// <summary>As the operating system asks for.</summary>
    Auto,

    /// <summary>Always light.</summary>
    Light,

    /// <summary>Always dark.</summary>
    Dark,
}

/// <summary>Some menu items that belong together.</summary>
/// <param name="Text">The heading, translated; null for the first group, which needs none.</param>
/// <param name="Items">At least one; a group without items is left out.</param>
public sealed record ShellMenuGroup(string? Text, IReadOnlyList<ShellMenuItem> Items);

/// <summary>One place in the left menu.</summary>
/// <param name="Text">Translated.</param>
/// <param name="Icon">A Tabler icon's name without prefix, such as <c>users</c>.</param>
/// <param name="Url">Where it leads, with the application's path base.</param>
/// <param name="Active">Whether the page shown lies in this part.</param>
/// <param name="Shortcut">The letter after <c>g</c> that leads here, or null.</param>
public sealed record ShellMenuItem(string Text, string Icon, string Url, bool Active = false, char? Shortcut = null);

/// <summary>One entry of the "new" menu.</summary>
/// <param name="Text">Translated: "Person", "Call".</param>
/// <param name="Icon">A Tabler icon's name without prefix.</param>
/// <param name="Url">The form it opens.</param>
/// <param name="Key">A letter that opens it from anywhere (<c>l</c> logs an interaction), or null.</param>
public sealed record ShellNewItem(string Text, string Icon, string Url, char? Key = null);
