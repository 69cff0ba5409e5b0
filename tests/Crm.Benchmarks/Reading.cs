using System.Net;
using System.Text.RegularExpressions;
using Crm.Kernel.Data;

namespace Crm.Benchmarks;

/// <summary>Lists, record pages and searches.</summary>
internal sealed partial class Reading(ServerProcess server, BenchTable table, BenchOptions options, Action<string> tell)
{
    // In nearly no document, in some fifth of all notes, in as many and short, and the beginning of several.
    private static readonly (string Name, string Query)[] _words = [("a rare word", "Granite 77"), ("a common word", "customer"), ("\"the\"", "the"), ("a prefix", "deliv")];

    private readonly Load _load = new(options.Users, TimeSpan.FromSeconds(options.Seconds), () => server.Worked);

    public async Task CeilingAsync(DatabaseOptions database)
    {
        tell("The ceiling …");
        await using var ceiling = await Ceiling.StartAsync(database);
        var took = await _load.RunAsync(async (_, _) =>
        {
            await ceiling.AskAsync();
            return "";
        });
        table.Times("the ceiling: a bare page of 50 people by one plain query", took.GetValueOrDefault("") ?? [], null, null);
    }

    public async Task RunAsync(Reader reader)
    {
        tell($"Reading as {reader.Name} …");
        if (options.Has("list"))
            await MeasureAsync($"{reader.Name}: list of 50 by name", 15, (_, _) => reader.TakeAsync("/contacts/people"));
        if (options.Has("record"))
            await MeasureAsync($"{reader.Name}: record page", 15, (user, turn) => reader.TakeAsync(UrlOf(reader, user, turn)));
        if (options.Has("panels"))
        {
            await PanelsAsync(
                reader, [.. reader.Seen.Take(40).Select(id => $"/contacts/people/{id}")], count => $"{reader.Name}: the {count} panels above the fold, together", 60);
        }

        if (options.Has("day"))
            await DayAsync(reader);
        if (options.Has("cadence"))
            await CadenceAsync(reader);
        if (!options.Has("search"))
            return;
        await SearchAsync(reader, "page", query => reader.TakeAsync("/search?q=" + Uri.EscapeDataString(query)));
        await SearchAsync(reader, "API", query => reader.AskAsync("/api/v1/search?q=" + Uri.EscapeDataString(query)));
    }

    private static string UrlOf(Reader reader, int user, int turn) => $"/contacts/people/{reader.Seen[((user * 131) + turn) % reader.Seen.Count]}";

    private async Task MeasureAsync(string name, double target, Func<int, int, Task> work)
    {
        var took = await _load.RunAsync(async (user, turn) =>
        {
            await work(user, turn);
            return "";
        });
        table.Times(name, took.GetValueOrDefault("") ?? [], _load.Each, target);
    }

    // What the pages themselves ask for as soon as they are there, all at once as a browser does.
    private async Task PanelsAsync(Reader reader, IReadOnlyList<string> pages, Func<int, string> name, double target)
    {
        var loads = new List<List<string>>();
        foreach (var url in pages)
        {
            var page = await reader.PageAsync(url);
            loads.Add(OnLoad().Matches(page).Select(m => WebUtility.HtmlDecode(m.Groups["url"].Value)).ToList());
        }

        await MeasureAsync(name(loads[0].Count), target, (user, turn) => Task.WhenAll(loads[((user * 7) + turn) % loads.Count].Select(reader.TakePieceAsync)));
    }

    private async Task DayAsync(Reader reader)
    {
        await MeasureAsync($"{reader.Name}: My day", 30, (_, _) => reader.TakeAsync("/"));
        await PanelsAsync(reader, ["/"], count => $"{reader.Name}: the {count} tiles of My day, together", 30);
    }

    // One rule and list after the other.
    private async Task CadenceAsync(Reader reader)
    {
        var lists = new List<(string Name, string Url)>();
        foreach (var (list, query) in new[] { ("overdue", ""), ("too often", "list=often") })
        {
            var page = await reader.PageAsync("/activities/cadence?" + query);
            lists.AddRange(Rule().Matches(page).DistinctBy(m => m.Groups["rule"].Value).Select(m => ($"{list}: {WebUtility.HtmlDecode(m.Groups["name"].Value)}", $"/activities/cadence?rule={m.Groups["rule"].Value}&{query}")));
        }

        var took = await _load.RunAsync(async (user, turn) =>
        {
            var (name, url) = lists[(user + turn) % lists.Count];
            await reader.TakeAsync(url);
            return name;
        });
        foreach (var (name, _) in lists)
            table.Times($"{reader.Name}: contact cadence, {name}", took.GetValueOrDefault(name) ?? [], _load.Each, 100);
    }

    private async Task SearchAsync(Reader reader, string door, Func<string, Task> ask)
    {
        var took = await _load.RunAsync(async (user, turn) =>
        {
            var (name, query) = _words[(user + turn) % _words.Length];
            await ask(query);
            return name;
        });
        // The words take turns: what each took of the processor is not known apart.
        foreach (var (name, _) in _words)
            table.Times($"{reader.Name}: search for {name} by {door}", took.GetValueOrDefault(name) ?? [], _load.Each, 25);
    }

    [GeneratedRegex("hx-get=\"(?<url>[^\"]+)\" hx-trigger=\"load", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OnLoad();

    [GeneratedRegex("href=\"/activities/cadence\\?rule=(?<rule>[0-9a-f-]{36})[^\"]*\"[^>]*>(?<name>[^<]+)<", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rule();
}
