using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Security;
using Crm.Kernel.SignIn;
using Microsoft.AspNetCore.Identity;

namespace Crm.Kernel.Users;

/// <summary>Makes somebody who may sign in.</summary>
internal sealed class AddUser(KernelDb db, IPasswordHasher<User> hasher, ILookupNormalizer normalizer, PasswordRules passwords, Actor actor, TimeProvider clock)
{
    /// <exception cref="RuleViolation">Something given is wrong.</exception>
    public async Task<User> RunAsync(UserFields fields, string password, CancellationToken ct)
    {
        User? made = null;
        actor.What = $"Added the user {fields.Name}";
        await db.WriteAsync(async inner => made = await StageAsync(fields, password, inner), ct);
        return made!;
    }

    /// <summary>Puts the user into the unit that runs.</summary>
    public async Task<User> StageAsync(UserFields fields, string password, CancellationToken ct)
    {
        var user = new User { CreatedAt = clock.GetUtcNow(), SecurityStamp = Stamps.New() };
        var errors = new Dictionary<string, string[]>();
        try
        {
            await (fields with { Email = fields.Email ?? "", Name = fields.Name ?? "", Roles = fields.Roles ?? [] }).ApplyAsync(db, user, normalizer, ct);
        }
        catch (RuleViolation wrong)
        {
            // Everything that is wrong at once, the password too.
            errors = new(wrong.Errors);
        }

        if (passwords.Wrong(password, user.Email, user.Name) is { } why)
            errors["password"] = [why];
        if (errors.Count > 0)
            throw new RuleViolation(errors);
        user.PasswordHash = hasher.HashPassword(user, password);
        db.Add(user);
        return user;
    }
}
