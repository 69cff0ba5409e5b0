using Crm.Abstractions.Records;
using Crm.Kernel.Records;
using Crm.Kernel.Removal;
using Crm.Kernel.Search;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Commands;

/// <summary>Removes for good what has lain in the bin.</summary>
internal sealed class PurgeCommand : CrmCommand
{
    public override string Name => "purge";

    public override string Summary => "Removes for good what went into the bin more than so many days ago.";

    public override IReadOnlyList<CommandInput> Inputs =>
    [
        new("older-than", InputKind.Number, "Days in the bin.", IsRequired: true),
        new("type", InputKind.Text, "Only this record type, such as person; all where not given."),
    ];

    public override async Task RunAsync(CommandRun run, CancellationToken ct)
    {
        var days = run.Number("older-than") is { } given and <= 36_500 ? (int)given : throw new CommandFailure("Give --older-than in days, up to 36500.", CommandFailure.WrongUsage);
        var types = run.Services.GetRequiredService<RecordTypes>();
        var only = run.Text("type") is { } name ? types.Find(name) ?? throw new CommandFailure($"There is no record type '{name}'.", CommandFailure.WrongUsage) : null;
        var count = await run.Services.GetRequiredService<PurgeOld>().RunAsync(days, only is null ? null : [only], ct);
        if (count > 0)
            await run.Services.GetRequiredService<SettleIndex>().RunAsync(ct);
        run.Result = new { purged = count };
        await run.SayAsync($"purged {count}", ct);
    }
}
