using System.Security.Cryptography;
using System.Text;

namespace Crm.Kernel.Setup;

/// <summary>The one-time code that only who sees the console knows. Made anew at each start; wrong ones are counted.</summary>
internal sealed class SetupCode(TimeProvider clock)
{
    // No letter or digit that looks like another.
    private const string Signs = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int Allowed = 5;
    private static readonly TimeSpan _pause = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private DateTimeOffset _pausedUntil;
    private int _wrong;

    public string Text { get; } = Make();

    /// <summary>Says whether the code is right; null while too many were wrong.</summary>
    public bool? Check(string given)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (now < _pausedUntil)
                return null;
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Plain(given)), Encoding.UTF8.GetBytes(Plain(Text))))
                return true;
            if (++_wrong >= Allowed)
                (_wrong, _pausedUntil) = (0, now + _pause);
            return false;
        }
    }

    private static string Plain(string code) =>
        new(code.Where(char.IsLetterOrDigit).Take(20).Select(char.ToUpperInvariant).ToArray());

    private static string Make()
    {
        var code = RandomNumberGenerator.GetString(Signs, 8);
        return $"{code[..4]}-{code[4..]}";
    }
}
