using System.Text.Json;
using Crm.Kernel.Import;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Commands;

/// <summary>Imports a file as records of a type.</summary>
internal sealed class ImportCommand : CrmCommand
{
    private const int ShownBad = 20;
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public override string Name => "import";

    public override string Summary => "Imports a CSV file as records of a type. Running it again changes nothing where its rows have an External ID, or a key that the type knows.";

    public override IReadOnlyList<CommandInput> Inputs =>
    [
        new("type", InputKind.Text, "What the rows are: person, organization, address, …", IsRequired: true, IsArgument: true),
        new("file", InputKind.FileIn, "The file.", IsRequired: true, IsArgument: true),
        new("map", InputKind.FileText, """A JSON file that says what columns mean: {"columns": {"Heading": "field"}, "delimiter": ";", "encoding": "utf-8", "dateOrder": "dmy"}."""),
        new("match", InputKind.Text, "By which key rows find records that are there: external_id, email, …"),
        new("owner", InputKind.Text, "The user who owns new records, by e-mail address."),
        new("dry-run", InputKind.Flag, "Only says what would be done."),
        new("report", InputKind.FileOut, "Where to write the rows that could not be imported, as CSV."),
    ];

    public override async Task RunAsync(CommandRun run, CancellationToken ct)
    {
        var type = Named.Type(run, isUnionToo: false);
        var file = run.Required("file");
        if (Path.GetExtension(file).ToUpperInvariant() is ".XLSX" or ".XLS" or ".VCF")
            throw new CommandFailure("This version imports CSV: save the file as CSV first.");
        var owner = await OwnerAsync(run, ct);
        await using var input = run.OpenInput("file");
        try
        {
            var (plan, stream) = await run.Services.GetRequiredService<PlanImport>().RunAsync(type, input, Map(run.Text("map")), run.Text("match"), ct);
            await TellAsync(run, plan, ct);
            await ImportAsync(run, plan, stream, new ImportOptions(Path.GetFileName(file), owner, run.Has("dry-run")), ct);
        }
        catch (ImportRefused refused)
        {
            throw new CommandFailure(refused.Message);
        }
    }

    private static async Task ImportAsync(CommandRun run, ImportPlan plan, Stream stream, ImportOptions options, CancellationToken ct)
    {
        await using var report = run.Text("report") is null ? null : new ImportReport(run.OpenOutput("report"));
        if (report is not null)
            await report.BeginAsync(plan, ct);
        var shown = 0;
        var result = await run.Services.GetRequiredService<ImportRun>().RunAsync(
            plan, stream, options,
            async bad =>
            {
                if (report is not null)
                    await report.AddAsync(bad, ct);
                if (shown++ < ShownBad)
                    await run.NoteAsync($"line {bad.Row.Line}{(bad.Column.Length > 0 ? $", {bad.Column}" : "")}: {bad.Reason}", ct);
            },
            done => run.ProgressAsync($"importing {plan.Type.Plural}:", done, 0, ct),
            ct);
        if (shown > ShownBad)
            await run.NoteAsync($"… and {shown - ShownBad} more{(report is null ? ": --report OUT.csv writes them all" : "")}.", ct);
        run.Result = new { imported = result.Total, result.Created, result.Updated, result.Unchanged, result.Failed, dryRun = options.IsDry, importId = result.Id };
        await run.SayAsync(result.ToString(), ct);
    }

    private static async Task TellAsync(CommandRun run, ImportPlan plan, CancellationToken ct)
    {
        if (plan.Ignored.ToList() is { Count: > 0 } ignored)
            await run.NoteAsync($"Columns passed over: {string.Join(", ", ignored.Take(50).Select(h => h.Length == 0 ? "(no heading)" : h))}.", ct);
        if (!plan.IsOrderSure)
            await run.NoteAsync("No date tells whether day or month comes first; days such as 03/04/2026 are read day first. A map with \"dateOrder\": \"mdy\" changes that.", ct);
        if (plan.ExternalId is null && ImportChunk.Of(plan.Type).KeysOf(plan.Type).Count == 1)
            await run.NoteAsync($"The file has no column 'External ID', and nothing else tells one {plan.Type.Name} from another: running the file again adds its rows once more.", ct);
    }

    private static async Task<Guid?> OwnerAsync(CommandRun run, CancellationToken ct)
    {
        if (run.Text("owner") is not { } owner)
            return null;
        var normalized = owner.ToUpperInvariant();
        return await run.Services.GetRequiredService<Data.KernelDb>().Set<User>()
            .Where(u => u.NormalizedEmail == normalized && u.DisabledAt == null).Select(u => (Guid?)u.Id).FirstOrDefaultAsync(ct)
            ?? throw new CommandFailure($"There is no user '{owner}'.");
    }

    private static ImportMap Map(string? text)
    {
        if (text is null)
            return new ImportMap();
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (!json.RootElement.TryGetProperty("columns", out _) && !json.RootElement.TryGetProperty("delimiter", out _) && !json.RootElement.TryGetProperty("dateOrder", out _))
                return new ImportMap(json.RootElement.Deserialize<Dictionary<string, string>>(_json));
            var said = json.RootElement.Deserialize<SaidMap>(_json)!;
            return new ImportMap(said.Columns, said.Encoding, said.Delimiter, said.DateOrder?.ToUpperInvariant() switch
            {
                null => null,
                "DMY" => DateOrder.DayFirst,
                "MDY" => DateOrder.MonthFirst,
                _ => throw new CommandFailure("The map's dateOrder is neither dmy nor mdy."),
            });
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw new CommandFailure($"The map can't be read: {failure.Message.ReplaceLineEndings(" ")}");
        }
    }

    private sealed record SaidMap(Dictionary<string, string>? Columns, string? Encoding, string? Delimiter, string? DateOrder);
}
