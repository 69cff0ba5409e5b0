namespace Crm.Abstractions.Navigation;

/// <summary>An entry of the menu, shown where its feature is on and its permission held.</summary>
/// <param name="Text">What is read, in English (the localiser's key).</param>
/// <param name="Icon">The icon's name in the theme's set.</param>
/// <param name="Url">Where it leads, from the site's root.</param>
/// <param name="Permission">The permission asked for, or null for everybody signed in.</param>
/// <param name="Key">The letter that goes there after <c>g</c>, or null.</param>
public sealed record NavigationItem(string Text, string Icon, string Url, string? Permission = null, char? Key = null)
{
    /// <summary>The menu in which it stands.</summary>
    public NavigationPlace Place { get; init; } = NavigationPlace.Main;

    /// <summary>Further permissions of which one is enough.</summary>
    public IReadOnlyList<string> OrPermissions { get; init; } = [];
}

/// <summary>The menus of the shell.</summary>
public enum NavigationPlace
{
    /// <summary>The side bar.</summary>
    Main,

    /// <summary>The administration's own menu.</summary>
    Admin,

    /// <summary>The "new" menu.</summary>
    New,
}

/// <summary>A module's part of the menus.</summary>
public interface INavigationProvider
{
    /// <summary>The entries, in the order in which they are shown.</summary>
    IEnumerable<NavigationItem> Items { get; }
}
