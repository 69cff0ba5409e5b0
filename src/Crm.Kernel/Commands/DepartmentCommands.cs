using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Modules;
using Crm.Kernel.Records;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Commands;

/// <summary>Adds a department.</summary>
internal sealed class DepartmentAddCommand : CrmCommand
{
    public override string Name => "department add";

    public override string Summary => "Adds a department.";

    public override IReadOnlyList<CommandInput> Inputs =>
    [
        new("name", InputKind.Text, "Its name.", IsRequired: true, IsArgument: true),
        new("parent", InputKind.Text, "The department above it, by name."),
        new("branch", InputKind.Flag, "Marks it as a branch."),
        new("country", InputKind.Text, "Two letters (ISO 3166) by which its phone numbers are read."),
    ];

    public override async Task RunAsync(CommandRun run, CancellationToken ct)
    {
        var parent = run.Text("parent") is { } above ? await Named.DepartmentAsync(run, above, ct) : (Guid?)null;
        var made = await run.Services.GetRequiredService<AddDepartment>().RunAsync(
            new DepartmentFields(run.Required("name"), parent, run.Has("branch"), run.Text("country")?.ToUpperInvariant() ?? ""), ct);
        run.Result = new { id = made.Id, name = made.Name };
        await run.NoteAsync($"Added the department {made.Name}.", ct);
    }
}

/// <summary>Finds what commands name.</summary>
internal static class Named
{
    public static async Task<Guid> DepartmentAsync(CommandRun run, string name, CancellationToken ct)
    {
        var all = await run.Services.GetRequiredService<KernelDb>().Set<Department>().AsNoTracking().Select(d => new { d.Id, d.Name }).ToListAsync(ct);
        return all.Find(d => string.Equals(d.Name, name, StringComparison.OrdinalIgnoreCase))?.Id
            ?? throw new CommandFailure($"There is no department '{name}': add it with 'crm department add', or use {List(all.ConvertAll(d => d.Name))}.");
    }

    /// <summary>A record type of a module that is on, by its singular or plural name.</summary>
    public static RecordType Type(CommandRun run, bool isUnionToo)
    {
        var types = run.Services.GetRequiredService<RecordTypes>();
        var name = run.Required("type");
        var type = types.Find(name) ?? types.FindPlural(name);
        if (type is null || (type.IsUnion && !isUnionToo))
            throw new CommandFailure($"There is no type '{name}': use {string.Join(", ", types.All.Where(t => isUnionToo || !t.IsUnion).Select(t => t.Name))}.", CommandFailure.WrongUsage);
        return run.Services.GetRequiredService<Contributions>().IsOn(type.GetType(), Rights.System)
            ? type
            : throw new CommandFailure($"{types.FeatureOf(type)} is off: 'crm module enable {types.FeatureOf(type)}' switches it on.");
    }

    public static async Task<User> UserAsync(CommandRun run, string email, CancellationToken ct)
    {
        var normalized = email.ToUpperInvariant();
        return await run.Services.GetRequiredService<KernelDb>().Set<User>().AsNoTracking().FirstOrDefaultAsync(u => u.NormalizedEmail == normalized, ct)
            ?? throw new CommandFailure($"There is no user '{email}': 'crm user list' shows them all.");
    }

    private static string List(List<string> names) => names.Count == 0 ? "none, as there is no department yet" : string.Join(", ", names.Order(StringComparer.CurrentCulture).Take(12));
}
