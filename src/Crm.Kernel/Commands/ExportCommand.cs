using Crm.Kernel.Export;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Commands;

/// <summary>Writes records of a type to a file.</summary>
internal sealed class ExportCommand : CrmCommand
{
    public override string Name => "export";

    public override string Summary => "Writes the records of a type to a CSV file, which 'crm import' reads back.";

    public override IReadOnlyList<CommandInput> Inputs =>
    [
        new("type", InputKind.Text, "Which records: person, organization, …", IsRequired: true, IsArgument: true),
        new("file", InputKind.FileOut, "The file to write; its ending says the format.", IsRequired: true, IsArgument: true),
        new("view", InputKind.Text, "A saved view, by name: its rows, order and columns."),
    ];

    public override async Task RunAsync(CommandRun run, CancellationToken ct)
    {
        var type = Named.Type(run, isUnionToo: true);
        if (!string.Equals(Path.GetExtension(run.Required("file")), ".csv", StringComparison.OrdinalIgnoreCase))
            throw new CommandFailure("This version exports CSV: give a file that ends in .csv.", CommandFailure.WrongUsage);
        await using var output = run.OpenOutput("file");
        var rows = await run.Services.GetRequiredService<ExportRecords>().RunAsync(
            type, run.Text("view"), output, n => run.ProgressAsync($"exporting {type.Plural}:", n, 0, ct), ct);
        run.Result = new { exported = rows };
        await run.SayAsync($"exported {rows}", ct);
    }
}
