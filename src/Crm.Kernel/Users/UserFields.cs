using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Settings;
using Crm.Mail.Addresses;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Users;

/// <summary>What is said about a user when he is made or changed. Null leaves a thing as it is.</summary>
internal sealed record UserFields
{
    public string? Email { get; init; }

    public string? Name { get; init; }

    /// <summary>Names of roles.</summary>
    public IReadOnlyCollection<string>? Roles { get; init; }

    /// <summary>The department he belongs to; <see cref="Guid.Empty"/> for none.</summary>
    public Guid? Department { get; init; }

    public IReadOnlyCollection<Guid>? FurtherDepartments { get; init; }

    public string? Language { get; init; }

    public string? TimeZone { get; init; }

    public string? Theme { get; init; }

    /// <summary>Writes the fields to a user, inside a unit; throws with what is wrong.</summary>
    public async Task ApplyAsync(KernelDb db, User user, ILookupNormalizer normalizer, CancellationToken ct)
    {
        var errors = new Dictionary<string, string[]>();
        if (Email is { } email)
            await ApplyEmailAsync(db, user, email.Trim(), normalizer, errors, ct);
        if (Name is { } name)
        {
            if (string.IsNullOrWhiteSpace(name) || name.Length > 100)
                errors["name"] = ["Give a name, up to 100 characters."];
            user.Name = name.Trim();
        }

        if (Language is { } language && (user.Language = language).Length > 0 && !Languages.All.ContainsKey(language))
            errors["language"] = ["Choose a language from the list."];
        if (TimeZone is { } zone && (user.TimeZone = zone).Length > 0 && !Zones.Has(zone))
            errors["timeZone"] = ["Choose a time zone from the list."];
        if (Theme is { } theme && (user.Theme = theme) is not ("" or "auto" or "light" or "dark"))
            errors["theme"] = ["Choose light, dark, or as the system."];
        await ApplyDepartmentsAsync(db, user, errors, ct);
        await ApplyRolesAsync(db, user, errors, ct);
        if (errors.Count > 0)
            throw new RuleViolation(errors);
    }

    private static async Task ApplyEmailAsync(
        KernelDb db, User user, string email, ILookupNormalizer normalizer, Dictionary<string, string[]> errors, CancellationToken ct)
    {
        var normalized = normalizer.NormalizeEmail(email) ?? "";
        if (email.Length is 0 or > 320 || !Mailbox.TryCreate(null, email, out _) || email.Any(char.IsWhiteSpace))
            errors["email"] = ["Give an e-mail address, such as anna@example.com."];
        else if (await db.Set<User>().AnyAsync(u => u.NormalizedEmail == normalized && u.Id != user.Id, ct))
            errors["email"] = ["Somebody has this e-mail address already."];
        (user.Email, user.NormalizedEmail) = (email, normalized);
    }

    private async Task ApplyDepartmentsAsync(KernelDb db, User user, Dictionary<string, string[]> errors, CancellationToken ct)
    {
        if (Department is { } own)
        {
            if (own != Guid.Empty && !await db.Set<Department>().AnyAsync(d => d.Id == own, ct))
                errors["department"] = ["There is no such department."];
            user.DepartmentId = own == Guid.Empty ? null : own;
        }

        if (FurtherDepartments is not { } further)
            return;
        if (await db.Set<Department>().CountAsync(d => further.Contains(d.Id), ct) != further.Distinct().Count())
            errors["furtherDepartments"] = ["There is no such department."];
        user.FurtherDepartments.RemoveAll(d => !further.Contains(d.DepartmentId));
        foreach (var id in further.Distinct().Except(user.FurtherDepartments.Select(d => d.DepartmentId)).ToList())
            user.FurtherDepartments.Add(new UserDepartment { UserId = user.Id, DepartmentId = id });
    }

    private async Task ApplyRolesAsync(KernelDb db, User user, Dictionary<string, string[]> errors, CancellationToken ct)
    {
        if (Roles is not { } names)
            return;
        var roles = await db.Set<Role>().Where(r => names.Contains(r.Name)).ToListAsync(ct);
        var unknown = names.Except(roles.Select(r => r.Name), StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
            errors["roles"] = [$"There is no role {string.Join(", ", unknown)}."];
        else if (roles.Count == 0)
            errors["roles"] = ["Choose at least one role: without one nothing can be seen."];
        user.Roles.RemoveAll(r => roles.All(role => role.Id != r.RoleId));
        foreach (var role in roles.Where(role => user.Roles.All(r => r.RoleId != role.Id)))
            user.Roles.Add(new UserRole { UserId = user.Id, RoleId = role.Id });
    }
}
