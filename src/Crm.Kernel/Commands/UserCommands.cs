using Crm.Kernel.Bulk;
using Crm.Kernel.Data;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Commands;

/// <summary>Adds somebody who signs in.</summary>
internal sealed class UserAddCommand : CrmCommand
{
    public override string Name => "user add";

    public override string Summary => "Adds a user.";

    public override IReadOnlyList<CommandInput> Inputs =>
    [
        new("email", InputKind.Text, "The e-mail address.", IsRequired: true),
        new("password", InputKind.Secret, "The password, or - to read it from standard input.", IsRequired: true),
        new("role", InputKind.Text, "The role; several with commas: sales, service, marketing, administrator, …", IsRequired: true),
        new("department", InputKind.Text, "The department, by name."),
        new("name", InputKind.Text, "The name; made from the address where not given."),
    ];

    public override async Task RunAsync(CommandRun run, CancellationToken ct)
    {
        var email = run.Required("email");
        var user = await run.Services.GetRequiredService<AddUser>().RunAsync(
            new UserFields
            {
                Email = email,
                Name = run.Text("name") ?? email.Split('@')[0],
                Roles = run.Required("role").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
                Department = run.Text("department") is { } name ? await Named.DepartmentAsync(run, name, ct) : null,
            },
            run.Required("password"),
            ct);
        run.Result = new { id = user.Id, email = user.Email, name = user.Name };
        await run.NoteAsync($"Added the user {user.Email}.", ct);
    }
}

/// <summary>Lists the users.</summary>
internal sealed class UserListCommand : CrmCommand
{
    public override string Name => "user list";

    public override string Summary => "Lists the users: address, name, roles, department, state.";

    public override async Task RunAsync(CommandRun run, CancellationToken ct)
    {
        var db = run.Services.GetRequiredService<KernelDb>();
        var departments = await db.Set<Department>().AsNoTracking().ToDictionaryAsync(d => d.Id, d => d.Name, ct);
        var roles = await db.Set<Role>().AsNoTracking().ToDictionaryAsync(r => r.Id, r => r.Name, ct);
        var users = await db.Set<User>().AsNoTracking().Include(u => u.Roles).OrderBy(u => u.Email).ToListAsync(ct);
        var rows = users.ConvertAll(u => new
        {
            email = u.Email,
            name = u.Name,
            roles = u.Roles.Select(r => roles[r.RoleId]).Order(StringComparer.Ordinal).ToList(),
            department = u.DepartmentId is { } id ? departments[id] : null,
            isDisabled = u.DisabledAt is not null,
        });
        foreach (var row in rows)
            await run.SayAsync($"{row.email}\t{row.name}\t{string.Join(',', row.roles)}\t{row.department}\t{(row.isDisabled ? "disabled" : "active")}", ct);
        run.Result = rows;
    }
}

/// <summary>Deactivates a user.</summary>
internal sealed class UserDisableCommand : CrmCommand
{
    public override string Name => "user disable";

    public override string Summary => "Deactivates a user and hands his records over. History keeps his name.";

    public override IReadOnlyList<CommandInput> Inputs =>
    [
        new("email", InputKind.Text, "The user's e-mail address.", IsRequired: true),
        new("hand-over-to", InputKind.Text, "Who takes his records over, by e-mail address."),
    ];

    public override async Task RunAsync(CommandRun run, CancellationToken ct)
    {
        var user = await Named.UserAsync(run, run.Required("email"), ct);
        var heir = run.Text("hand-over-to") is { } email ? (await Named.UserAsync(run, email, ct)).Id : (Guid?)null;
        var act = await run.Services.GetRequiredService<DisableUser>().RunAsync(user.Id, heir, ct);
        var moved = act is { } id ? (await run.Services.GetRequiredService<BulkRun>().FinishAsync(id, ct)).Done : 0;
        run.Result = new { email = user.Email, handedOver = moved };
        await run.NoteAsync(heir is null ? $"Deactivated {user.Email}." : $"Deactivated {user.Email}; {moved} records handed over.", ct);
    }
}

/// <summary>Gives a user a new password.</summary>
internal sealed class UserResetPasswordCommand : CrmCommand
{
    public override string Name => "user reset-password";

    public override string Summary => "Gives a user a new password and ends a lock.";

    public override IReadOnlyList<CommandInput> Inputs =>
    [
        new("email", InputKind.Text, "The user's e-mail address.", IsRequired: true),
        new("password", InputKind.Secret, "The new password, or - to read it from standard input.", IsRequired: true),
        new("drop-second-factor", InputKind.Flag, "Also forgets the authenticator."),
    ];

    public override async Task RunAsync(CommandRun run, CancellationToken ct)
    {
        var user = await Named.UserAsync(run, run.Required("email"), ct);
        await run.Services.GetRequiredService<ResetPassword>().RunAsync(user.Id, run.Required("password"), run.Has("drop-second-factor"), ct);
        run.Result = new { email = user.Email };
        await run.NoteAsync($"{user.Email} has the new password.", ct);
    }
}
