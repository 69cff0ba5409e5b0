using Crm.Kernel.Users;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Commands;

/// <summary>Makes an API token and prints it alone.</summary>
internal sealed class TokenAddCommand : CrmCommand
{
    public override string Name => "token add";

    public override string Summary => "Makes a token for the API and prints it: it is shown this once.";

    public override IReadOnlyList<CommandInput> Inputs =>
    [
        new("user", InputKind.Text, "Whose token, by e-mail address.", IsRequired: true),
        new("scopes", InputKind.Text, "read, write, or both with a comma; both where not given."),
        new("name", InputKind.Text, "What it is for."),
        new("days", InputKind.Number, "After how many days it ends; never where not given."),
    ];

    public override async Task RunAsync(CommandRun run, CancellationToken ct)
    {
        var user = await Named.UserAsync(run, run.Required("user"), ct);
        var scopes = (run.Text("scopes") ?? "read write").Replace(',', ' ').Trim();
        if (run.Number("days") is > 36_500)
            throw new CommandFailure("A token ends after 36,500 days at most.", CommandFailure.WrongUsage);
        var ends = run.Number("days") is { } days ? run.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(days) : (DateTimeOffset?)null;
        var token = await run.Services.GetRequiredService<MakeToken>().RunAsync(user.Id, run.Text("name") ?? "made by a command", scopes, ends, ct);
        run.Result = new { token, user = user.Email, scopes, expiresAt = ends };
        await run.SayAsync(token, ct);
    }
}
