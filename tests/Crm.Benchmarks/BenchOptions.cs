using System.Globalization;

namespace Crm.Benchmarks;

/// <summary>What was typed.</summary>
internal sealed record BenchOptions
{
    public const string Usage =
        "bench [--provider sqlite|postgres] [--prepared FOLDER-OR-DATABASE] [--contacts N] [--notes N] [--interactions N] [--tasks N] [--appointments N] [--rows N] [--seconds S] [--users N] [--only PARTS]";

    /// <summary>What <c>--only</c> may name, separated by commas.</summary>
    private static readonly string[] _parts = ["ceiling", "list", "record", "panels", "search", "day", "cadence", "save", "import", "hand-over", "due", "mail"];

    public bool IsPostgres { get; init; }

    /// <summary>The folder (SQLite) or database (PostgreSQL) where the company is kept from run to run, made where it isn't there; null for one that goes with the run.</summary>
    public string? Prepared { get; init; }

    public int Contacts { get; init; } = 20_000;

    public int Notes { get; init; } = 20_000;

    public int Interactions { get; init; } = 20_000;

    /// <summary>Open ones.</summary>
    public int Tasks { get; init; } = 2_000;

    public int Appointments { get; init; } = 2_000;

    /// <summary>How many rows the imported file has.</summary>
    public int Rows { get; init; } = 20_000;

    public int Seconds { get; init; } = 20;

    public int Users { get; init; } = 8;

    /// <summary>The parts that are measured; empty for all. For the work on one of them, never for a table that is kept.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>What was asked for; the place of the prepared data is nobody else's business.</summary>
    public string Words => string.Create(
        CultureInfo.InvariantCulture,
        $"--provider {(IsPostgres ? "postgres" : "sqlite")} --contacts {Contacts} --notes {Notes} --interactions {Interactions} --tasks {Tasks} --appointments {Appointments} --rows {Rows} --seconds {Seconds} --users {Users}{(Only.Count == 0 ? "" : " --only " + string.Join(',', Only))}");

    /// <summary>Says whether a part is measured.</summary>
    public bool Has(string part) => Only.Count == 0 || Only.Contains(part, StringComparer.Ordinal);

    /// <summary>Reads them; null where they can't be understood.</summary>
    public static BenchOptions? Read(IReadOnlyList<string> args)
    {
        var options = new BenchOptions();
        if (args.Count % 2 != 0)
            return null;
        foreach (var pair in args.Chunk(2))
        {
            if (Take(options, pair[0], pair[1]) is not { } taken)
                return null;
            options = taken;
        }

        return options;
    }

    private static BenchOptions? Take(BenchOptions options, string name, string value)
    {
        if (name == "--provider")
            return value is "sqlite" or "postgres" ? options with { IsPostgres = value == "postgres" } : null;
        if (name == "--prepared")
            return value.Length > 0 ? options with { Prepared = value } : null;
        if (name == "--only")
            return value.Split(',') is { } parts && parts.All(_parts.Contains) ? options with { Only = parts } : null;
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
            return null;
        return name switch
        {
            "--contacts" when number >= 1_000 => options with { Contacts = number },
            "--notes" => options with { Notes = number },
            "--interactions" => options with { Interactions = number },
            "--tasks" => options with { Tasks = number },
            "--appointments" => options with { Appointments = number },
            "--rows" => options with { Rows = number },
            "--seconds" => options with { Seconds = number },
            "--users" => options with { Users = number },
            _ => null,
        };
    }
}
