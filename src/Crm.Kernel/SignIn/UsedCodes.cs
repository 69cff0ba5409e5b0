using System.Globalization;
using Crm.Kernel.Users;
using Microsoft.AspNetCore.Identity;

namespace Crm.Kernel.SignIn;

/// <summary>Remembers the codes of the last minutes with the user, so that one read over a shoulder can't be used again, on no node and not at the same moment.</summary>
internal sealed class UsedCodes(UserManager<User> users, TimeProvider clock)
{
    // A code is accepted for some ninety seconds around its own.
    private static readonly TimeSpan _kept = TimeSpan.FromMinutes(4);

    public async Task<bool> TryUseAsync(User user, string code)
    {
        var now = clock.GetUtcNow();
        var used = Read(user.UsedCodes).Where(u => u.At + _kept > now).ToList();
        if (used.Exists(u => u.Code == code))
            return false;
        user.UsedCodes = string.Join(';', used.Append((Code: code, At: now)).Select(u => string.Create(CultureInfo.InvariantCulture, $"{u.Code}@{u.At.ToUnixTimeSeconds()}")));
        // Of two who bring a code at once, the second's save finds that the first was there.
        return (await users.UpdateAsync(user)).Succeeded;
    }

    private static IEnumerable<(string Code, DateTimeOffset At)> Read(string? said) =>
        from entry in (said ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries)
        let parts = entry.Split('@')
        select (parts[0], DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[1], CultureInfo.InvariantCulture)));
}
