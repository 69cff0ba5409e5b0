using System.Collections.Concurrent;

namespace Crm.Kernel.SignIn;

/// <summary>Remembers the codes of the last minutes, so that one read over a shoulder can't be used again.</summary>
internal sealed class UsedCodes(TimeProvider clock)
{
    // A code is accepted for some ninety seconds around its own.
    private static readonly TimeSpan _kept = TimeSpan.FromMinutes(4);
    private readonly ConcurrentDictionary<(Guid User, string Code), DateTimeOffset> _used = new();

    public bool TryUse(Guid user, string code)
    {
        var now = clock.GetUtcNow();
        foreach (var old in _used.Where(u => u.Value + _kept < now))
            _used.TryRemove(old);
        return _used.TryAdd((user, code), now);
    }
}
