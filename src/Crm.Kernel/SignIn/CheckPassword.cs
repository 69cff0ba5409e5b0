using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.SignIn;

/// <summary>Asks a signed-in user for his password before what a stranger at his desk must not do. Wrong ones count as at the sign-in.</summary>
internal sealed class CheckPassword(KernelDb db, IPasswordHasher<User> hasher, Attempts attempts)
{
    /// <exception cref="RuleViolation">The password is wrong, or there were too many wrong ones.</exception>
    public async Task RunAsync(Guid id, string password, string field, CancellationToken ct)
    {
        if (await attempts.IsLockedAsync(id, ct))
            throw new RuleViolation(field, "There were too many wrong tries. Wait five minutes.");
        var hash = await db.Set<User>().Where(u => u.Id == id).Select(u => u.PasswordHash).FirstAsync(ct);
        if (hash is not null && password.Length <= PasswordRules.Longest
            && hasher.VerifyHashedPassword(new User(), hash, password) != PasswordVerificationResult.Failed)
            return;
        await attempts.WrongAsync(id, ct);
        throw new RuleViolation(field, "This is not your present password.");
    }
}
