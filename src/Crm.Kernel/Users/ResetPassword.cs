using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Security;
using Crm.Kernel.SignIn;
using Microsoft.AspNetCore.Identity;

namespace Crm.Kernel.Users;

/// <summary>Gives a user a new password: by an administrator, or by himself. Ends his sessions and a lock; by somebody else also his API tokens; on request his second factor.</summary>
internal sealed class ResetPassword(KernelDb db, IPasswordHasher<User> hasher, PasswordRules passwords, Actor actor, TimeProvider clock)
{
    /// <exception cref="RuleViolation">The password is too weak.</exception>
    public async Task RunAsync(Guid id, string password, bool dropSecondFactor, CancellationToken ct)
    {
        await db.WriteAsync(
            async inner =>
            {
                var user = await UserQueries.FindAsync(db, id, inner);
                if (passwords.Wrong(password, user.Email, user.Name) is { } why)
                    throw new RuleViolation("password", why);
                user.PasswordHash = hasher.HashPassword(user, password);
                user.SecurityStamp = Stamps.New();
                (user.AccessFailedCount, user.LockedUntil) = (0, null);
                if (dropSecondFactor)
                    (user.HasSecondFactor, user.AuthenticatorKey, user.RecoveryCodes) = (false, null, null);
                // What is given anew by somebody else was lost, or known to whom it should not be: so may his tokens be.
                if (actor.UserId != id)
                    await EndTokens.StageAsync(db, id, clock.GetUtcNow(), inner);
                actor.What = $"Set a new password for {user.Name}";
            },
            ct);
    }
}
