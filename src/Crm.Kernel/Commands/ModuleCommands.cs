using Crm.Kernel.Data;
using Crm.Kernel.Modules;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Commands;

/// <summary>Lists the modules and their switches.</summary>
internal sealed class ModuleListCommand : CrmCommand
{
    public override string Name => "module list";

    public override string Summary => "Lists the modules and features: id, state, departments where it is off, name.";

    public override async Task RunAsync(CommandRun run, CancellationToken ct)
    {
        var catalog = run.Services.GetRequiredService<ModuleCatalog>();
        var switches = run.Services.GetRequiredService<ModuleSwitches>();
        var departments = await run.Services.GetRequiredService<KernelDb>().Set<Department>().AsNoTracking().OrderBy(d => d.Name)
            .Select(d => new { d.Id, d.Name }).ToListAsync(ct);
        var rows = catalog.Modules.SelectMany(m => m.Features).Select(f => new
        {
            id = f.Id,
            name = f.Name,
            isOn = switches.IsOn(f.Id),
            offIn = departments.Where(d => switches.IsOn(f.Id) && !switches.IsOnFor(f.Id, d.Id)).Select(d => d.Name).ToList(),
        }).ToList();
        foreach (var row in rows)
            await run.SayAsync($"{row.id}\t{(row.isOn ? "on" : "off")}\t{string.Join(", ", row.offIn)}\t{row.name}", ct);
        run.Result = rows;
    }
}

/// <summary>Switches a module on or off.</summary>
internal sealed class ModuleSwitchCommand(bool isOn) : CrmCommand
{
    public override string Name => isOn ? "module enable" : "module disable";

    public override string Summary => isOn ? "Switches a module on, for the site or for one department." : "Switches a module off, for the site or for one department. Its data stays.";

    public override IReadOnlyList<CommandInput> Inputs =>
    [
        new("id", InputKind.Text, "The module's id: 'crm module list' shows them.", IsRequired: true, IsArgument: true),
        new("department", InputKind.Text, "The department, by name; the whole site where not given."),
        new("with-dependants", InputKind.Flag, isOn ? "Also switches on what it needs." : "Although others need it."),
    ];

    public override async Task RunAsync(CommandRun run, CancellationToken ct)
    {
        var catalog = run.Services.GetRequiredService<ModuleCatalog>();
        var id = run.Required("id");
        if (!catalog.Features.TryGetValue(id, out var feature))
            throw new CommandFailure($"There is no module '{id}': use {string.Join(", ", catalog.Features.Keys)}.");
        var department = run.Text("department") is { } name ? await Named.DepartmentAsync(run, name, ct) : (Guid?)null;
        try
        {
            await run.Services.GetRequiredService<SwitchModule>().RunAsync(feature.Id, department, isOn, run.Has("with-dependants"), ct);
        }
        catch (OthersTouched others)
        {
            throw new CommandFailure($"{others.Message} Add --with-dependants if that is meant.");
        }

        run.Result = new { id = feature.Id, isOn, department = run.Text("department") };
        await run.NoteAsync($"{feature.Name} is {(isOn ? "on" : "off")}{(department is null ? "" : $" for {run.Text("department")}")}.", ct);
    }
}
