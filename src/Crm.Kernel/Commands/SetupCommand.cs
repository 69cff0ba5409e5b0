using Crm.Kernel.Recipes;
using Crm.Kernel.Samples;
using Crm.Kernel.Security;
using Crm.Kernel.Settings;
using Crm.Kernel.Setup;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Commands;

/// <summary>The first set-up without a browser.</summary>
internal sealed class SetupCommand : CrmCommand
{
    public override string Name => "setup";

    public override string Summary => "Sets a new server up: its first administrator and the company's name.";

    public override IReadOnlyList<CommandInput> Inputs =>
    [
        new("admin-email", InputKind.Text, "The first administrator's e-mail address.", IsRequired: true),
        new("admin-password", InputKind.Secret, "The password, or - to read it from standard input.", IsRequired: true),
        new("admin-name", InputKind.Text, "The administrator's name; made from the address where not given."),
        new("site-name", InputKind.Text, "The company's name."),
        new("recipe", InputKind.Text, "A recipe beside the program that says which departments, roles, settings and features there are."),
        new("sample", InputKind.Flag, "Also adds a small sample company, in which every module has data."),
    ];

    public override async Task RunAsync(CommandRun run, CancellationToken ct)
    {
        if (run.Text("recipe") is { } named && !run.Services.GetRequiredService<RunRecipe>().Names().Contains(named, StringComparer.Ordinal))
            throw new CommandFailure($"There is no recipe '{named}': choose one of {string.Join(", ", run.Services.GetRequiredService<RunRecipe>().Names())}.", CommandFailure.WrongUsage);
        var now = run.Services.GetRequiredService<SiteSettings>().Now;
        var site = now with { Name = run.Text("site-name") ?? now.Name };
        var admin = await run.Services.GetRequiredService<SetUpSite>().RunAsync(
            new FirstSettings(run.Required("admin-email"), run.Required("admin-password"), run.Text("admin-name") ?? "", site), ct);
        if (run.Text("recipe") is { } recipe)
            await RunRecipeAsync(run, recipe, ct);
        if (run.Has("sample"))
            await run.Services.GetRequiredService<AddSample>().RunAsync(null, ct);
        run.Result = new { admin = admin.Email, site = site.Name, sample = run.Has("sample") };
        await run.NoteAsync($"{site.Name} is set up. Sign in as {admin.Email}.", ct);
    }

    private static async Task RunRecipeAsync(CommandRun run, string recipe, CancellationToken ct)
    {
        await using var scope = run.Services.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        var actor = scope.ServiceProvider.GetRequiredService<Actor>();
        (actor.IsSystem, actor.Door) = (true, "command");
        await scope.ServiceProvider.GetRequiredService<RunRecipe>().RunAsync(recipe, ct);
    }
}
