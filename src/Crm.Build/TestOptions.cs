namespace Crm.Build;

/// <summary>What `test` was asked for.</summary>
internal sealed record TestOptions(string? Filter, string? Project, bool Long)
{
    public static TestOptions Parse(IReadOnlyList<string> args)
    {
        var options = new TestOptions(null, null, false);
        for (var i = 0; i < args.Count; i++)
        {
            options = args[i] switch
            {
                "--filter" => options with { Filter = ValueAfter(args, i++) },
                "--project" => options with { Project = ValueAfter(args, i++) },
                "--long" => options with { Long = true },
                var unknown => throw new WrongUsage($"'test' has no option '{unknown}'."),
            };
        }

        return options;
    }

    /// <summary>The filter in the words of dotnet test, or null for everything.</summary>
    public string? Expression => (Filter, Long) switch
    {
        (null, true) => null,
        (null, false) => ShortOnly,
        (_, true) => Wanted(Filter),
        _ => $"({Wanted(Filter)})&{ShortOnly}",
    };

    private const string ShortOnly = "Category!=Long";

    private static string Wanted(string filter) =>
        filter.IndexOfAny(['=', '~']) < 0 ? $"FullyQualifiedName~{filter}" : filter;

    private static string ValueAfter(IReadOnlyList<string> args, int index) =>
        index + 1 < args.Count && args[index + 1].Length > 0
            ? args[index + 1]
            : throw new WrongUsage($"'{args[index]}' wants a value.");
}
