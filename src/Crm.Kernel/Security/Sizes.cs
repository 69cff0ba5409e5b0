using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Crm.Abstractions.Security;

namespace Crm.Kernel.Security;

/// <summary>
/// About how many records somebody sees, counted once a minute and as long as his rights last. By it a way of asking is chosen and nothing
/// else: every way finds the same rows, so a number of a minute ago costs time at worst.
/// </summary>
internal static class Sizes
{
    private const long Lasts = 60_000;
    private static readonly ConditionalWeakTable<Rights, ConcurrentDictionary<string, (int Count, long Until)>> _known = [];

    /// <summary>The number of what is named, counted where it isn't known.</summary>
    public static async ValueTask<int> OfAsync(Rights rights, string what, Func<Task<int>> count)
    {
        var known = _known.GetOrCreateValue(rights);
        var now = Environment.TickCount64;
        if (known.TryGetValue(what, out var had) && now < had.Until)
            return had.Count;
        var counted = await count();
        known[what] = (counted, now + Lasts);
        return counted;
    }
}
