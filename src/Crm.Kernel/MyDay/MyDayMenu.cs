using Crm.Abstractions.Navigation;

namespace Crm.Kernel.MyDay;

/// <summary>The place where everybody begins, first in the menu.</summary>
internal sealed class MyDayMenu : INavigationProvider
{
    public IEnumerable<NavigationItem> Items => [new("My day", "sun-high", "/", Key: 'd')];
}
