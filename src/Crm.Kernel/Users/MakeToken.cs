using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Crm.Abstractions.Records;
using Crm.Kernel.Audit;
using Crm.Kernel.Data;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Users;

/// <summary>Makes an API token of a user. Only its hash is kept, so it is shown this once.</summary>
internal sealed class MakeToken(KernelDb db, Actor actor, TimeProvider clock)
{
    /// <exception cref="RuleViolation">Something given is wrong.</exception>
    public async Task<string> RunAsync(Guid user, string name, string scopes, DateTimeOffset? expiresAt, CancellationToken ct)
    {
        var given = scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).ToList();
        if (string.IsNullOrWhiteSpace(name) || name.Length > 100)
            throw new RuleViolation("name", "Say what the token is for, in up to 100 characters.");
        if (given.Count == 0 || given.Exists(s => s is not ("read" or "write")))
            throw new RuleViolation("scopes", "Choose whether the token may read, or read and write.");
        if (expiresAt <= clock.GetUtcNow())
            throw new RuleViolation("expires", "Choose a day to come.");
        var token = "crm_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await db.WriteAsync(
            async inner =>
            {
                if (!await db.Set<User>().AnyAsync(u => u.Id == user && u.DisabledAt == null, inner))
                    throw new RuleViolation("user", "There is no such user, or he is deactivated.");
                var row = new ApiToken
                {
                    UserId = user,
                    Name = name.Trim(),
                    Hash = SHA256.HashData(Encoding.UTF8.GetBytes(token)),
                    Scopes = string.Join(' ', given),
                    CreatedAt = clock.GetUtcNow(),
                    ExpiresAt = expiresAt,
                };
                db.Add(row);
                db.Add(new AuditAct { At = clock.GetUtcNow(), UserId = actor.UserId, Door = actor.Door, What = $"Made the API token {row.Name}" });
            },
            ct);
        return token;
    }
}
