using System.Text;
using Crm.Kernel.Data;
using Crm.Kernel.Search;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Users;

/// <summary>Makes a role beside the ready ones.</summary>
internal sealed class AddRole(KernelDb db, PermissionCatalog catalog, Actor actor)
{
    /// <exception cref="Abstractions.Records.RuleViolation">Something given is wrong.</exception>
    public async Task<Role> RunAsync(RoleFields fields, CancellationToken ct)
    {
        var made = new Role();
        actor.What = $"Added the role {fields.Label}";
        await db.WriteAsync(
            async inner =>
            {
                made = new Role { Name = await FreeNameAsync(fields.Label, inner) };
                fields.Apply(made, catalog);
                db.Add(made);
            },
            ct);
        return made;
    }

    // The label in small letters and hyphens, as the ready roles are named in commands.
    private async Task<string> FreeNameAsync(string label, CancellationToken ct)
    {
        var name = new StringBuilder();
        foreach (var c in Fold.Text(label.Length > 60 ? label[..60] : label))
        {
            if (char.IsLetterOrDigit(c))
                name.Append(char.ToLowerInvariant(c));
            else if (name.Length > 0 && name[^1] != '-')
                name.Append('-');
        }

        var wish = name.ToString().Trim('-') is { Length: > 0 } some ? some : "role";
        var taken = await db.Set<Role>().Select(r => r.Name).ToListAsync(ct);
        var free = wish;
        for (var number = 2; taken.Contains(free, StringComparer.Ordinal); number++)
            free = $"{wish}-{number}";
        return free;
    }
}
