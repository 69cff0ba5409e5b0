using Crm.Kernel.Data;
using Crm.Kernel.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.SignIn;

/// <summary>What became of a sign-in.</summary>
internal enum SignInOutcome
{
    Refused,
    NeedsSecondFactor,
    Done,
}

/// <summary>Signs in by e-mail address and password. Says and takes the same whether the address is unknown, the password wrong or the account closed.</summary>
internal sealed class SignInWithPassword(KernelDb db, IPasswordHasher<User> hasher, ILookupNormalizer normalizer, Attempts attempts)
{
    private static readonly User _nobody = new();
    private static string? _decoy;

    public async Task<SignInOutcome> RunAsync(HttpContext http, string email, string password, bool remember, CancellationToken ct)
    {
        if (password.Length > PasswordRules.Longest || email.Length > 320)
            return SignInOutcome.Refused;
        var normalized = normalizer.NormalizeEmail(email.Trim());
        var user = await db.Set<User>().AsNoTracking().FirstOrDefaultAsync(u => u.NormalizedEmail == normalized, ct);
        var hash = user?.PasswordHash ?? (_decoy ??= hasher.HashPassword(_nobody, Guid.CreateVersion7().ToString()));
        var isRight = hasher.VerifyHashedPassword(user ?? _nobody, hash, password) != PasswordVerificationResult.Failed;
        if (user is null || user.PasswordHash is null || user.DisabledAt is not null)
            return SignInOutcome.Refused;
        if (!isRight)
        {
            await attempts.WrongAsync(user.Id, ct);
            return SignInOutcome.Refused;
        }

        if (user.HasSecondFactor)
        {
            if (await attempts.IsLockedAsync(user.Id, ct))
                return SignInOutcome.Refused;
            await Ticket.HalfWayAsync(http, user, remember);
            return SignInOutcome.NeedsSecondFactor;
        }

        if (!await attempts.RightAsync(user.Id, ct))
            return SignInOutcome.Refused;
        await Ticket.SignInAsync(http, user, remember);
        return SignInOutcome.Done;
    }
}
