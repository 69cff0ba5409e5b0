using Crm.Abstractions.Navigation;

namespace Crm.Notes;

/// <summary>The module's part of the menus.</summary>
internal sealed class NotesMenu : INavigationProvider
{
    public IEnumerable<NavigationItem> Items =>
    [
        new("Notes", "note", "/notes/notes", NotesPermissions.ViewNotes.Name),
    ];
}
