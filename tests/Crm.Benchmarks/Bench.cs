using System.Diagnostics;
using System.Globalization;
using Crm.Kernel.Data;
using Crm.Kernel.Generate;
using Crm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Benchmarks;

/// <summary>Makes a company or takes one that was made, loads the server with its users, and says in one table what that took.</summary>
internal sealed class Bench(BenchOptions options, Action<string> tell) : IAsyncDisposable
{
    private readonly IPlaces _places = options.IsPostgres ? new PostgresPlaces() : new SqlitePlaces();
    private readonly BenchTable _table = new();
    private string? _run;

    public async Task<string> RunAsync()
    {
        _run = _places.Fresh();
        await PlaceAsync(_run);
        var settings = await _places.SettingsAsync(_run);
        var (machine, database, company) = await LookAsync(settings);
        await ServeAsync(settings, database, company);
        var falling = new Falling(settings, _table, tell);
        if (options.Has("due"))
            await TryAsync("follow-ups", falling.DueAsync);
        if (options.Has("mail"))
            await TryAsync("mail", falling.MailAsync);
        return $"{machine}\n{_table}";
    }

    private async Task ServeAsync(IReadOnlyDictionary<string, string?> settings, DatabaseOptions database, Readers company)
    {
        tell("Starting the server …");
        await using var server = await ServerProcess.StartAsync(settings);
        _table.One("start to first answer", string.Create(CultureInfo.InvariantCulture, $"{server.Started:0.0} s"), "≤ 2 s", server.Started <= 2);
        var reading = new Reading(server, _table, options, tell);
        if (options.Has("ceiling"))
            await reading.CeilingAsync(database);
        using var administrator = await company.Administrator.OpenAsync(server.Address);
        using var salesperson = await company.Salesperson.OpenAsync(server.Address);
        await TryAsync("reading as administrator", () => reading.RunAsync(administrator));
        await TryAsync("reading as salesperson", () => reading.RunAsync(salesperson));
        Memory(server, "after all reading");
        if (options.Has("save") || options.Has("import"))
            await TryAsync("writing", () => new Writing(server, _table, options, tell).RunAsync(salesperson));
        Memory(server, "after saves and imports");
        if (options.Has("hand-over"))
            await TryAsync("hand-over", () => HandOverAsync(server, company.LargestCount));
    }

    public async ValueTask DisposeAsync()
    {
        if (_run is not null)
            await _places.DropAsync(_run);
    }

    // What is kept is made whole where it isn't, whatever ended the run that began it; each run works on a copy of it.
    private async Task PlaceAsync(string run)
    {
        var kept = options.Prepared ?? run;
        if (!await _places.IsThereAsync(kept))
            await _places.MakeAsync(kept);
        await CompleteAsync(kept);
        if (kept == run)
            return;
        tell("Copying the prepared data …");
        await _places.CopyAsync(kept, run);
    }

    private async Task CompleteAsync(string place)
    {
        var host = new BenchHost(await _places.SettingsAsync(place));
        await host.InitializeAsync();
        var isNew = false;
        try
        {
            var company = new Company(host, options);
            var missing = await company.MissingAsync();
            isNew = missing.All > 0;
            if (isNew)
                await GenerateAsync(company, missing);
            if (!await company.IsHiredAsync())
            {
                tell("The salesperson …");
                await company.HireAsync();
            }

            if (!options.Has("day") && !options.Has("cadence"))
                return;
            // What was just filled in is not known to the planner yet.
            if (isNew)
                await _places.SettleAsync(place);
            tell("Contact cadence …");
            await new Rules(host).SetAsync();
        }
        finally
        {
            await host.DisposeAsync();
            if (isNew)
                await _places.SettleAsync(place);
        }
    }

    private async Task GenerateAsync(Company company, Amounts missing)
    {
        tell("Generating …");
        var started = Stopwatch.GetTimestamp();
        var rows = await company.GenerateAsync(missing, tell);
        var speed = rows / Stopwatch.GetElapsedTime(started).TotalSeconds;
        var value = string.Create(CultureInfo.InvariantCulture, $"{speed:N0} rows/s");
        tell($"Generated: {value}");
        _table.One(
            string.Create(CultureInfo.InvariantCulture, $"generating {missing.Contacts:N0} contacts, {missing.Notes:N0} notes, {missing.Interactions:N0} interactions, {missing.Tasks:N0} tasks and {missing.Appointments:N0} appointments"),
            value, "≥ 20,000 rows/s", speed >= 20_000);
    }

    private async Task<(string Machine, DatabaseOptions Database, Readers Readers)> LookAsync(IReadOnlyDictionary<string, string?> settings)
    {
        var host = new BenchHost(settings);
        await host.InitializeAsync();
        try
        {
            return (await Machine.DescribeAsync(host, options), host.Services.GetRequiredService<DatabaseOptions>(), await new Company(host, options).ReadersAsync());
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    // What fails is a line of the table: the rest was measured all the same.
    private async Task TryAsync(string what, Func<Task> measure)
    {
        try
        {
            await measure();
        }
        catch (Exception failure) when (failure is InvalidOperationException or HttpRequestException or OperationCanceledException)
        {
            tell(failure.ToString());
            _table.One(what, "failed: " + failure.Message.ReplaceLineEndings(" "), "–", false);
        }
    }

    private void Memory(ServerProcess server, string when)
    {
        var memory = server.PeakMemory;
        _table.One($"peak memory of the server, {when}", string.Create(CultureInfo.InvariantCulture, $"{memory:N0} MB"), "≤ 300 MB", memory <= 300);
    }

    private async Task HandOverAsync(ServerProcess server, int count)
    {
        tell("Hand-over …");
        using var browser = await Browser.SignedInAsync(server.Address, "admin");
        var (from, to) = (await UserAsync(browser, Company.Largest), await UserAsync(browser, "admin@example.org"));
        var worked = server.Worked;
        var started = Stopwatch.GetTimestamp();
        using var answer = await browser.PostAsync($"/admin/users/{from}?handler=Disable", new() { ["Input.Successor"] = to }, $"/admin/users/{from}");
        var answered = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var act = answer.Headers.Location?.OriginalString ?? throw new InvalidOperationException($"Deactivating answers {answer.StatusCode}.");
        _table.One(
            string.Create(CultureInfo.InvariantCulture, $"hand-over of {count:N0} customers: answered, and all are the heir's"),
            string.Create(CultureInfo.InvariantCulture, $"{answered:0.00} s"), "100,000 answered ≤ 3 s", count >= 100_000 ? answered <= 3 : null);
        while (await IsLiveAsync(browser, act) && Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(10))
            await Task.Delay(1000);
        var moved = Stopwatch.GetElapsedTime(started).TotalSeconds;
        _table.One(
            string.Create(CultureInfo.InvariantCulture, $"the same: every row and every document moved; {(server.Worked - worked).TotalMilliseconds / count:0.00} ms of processor time a record"),
            string.Create(CultureInfo.InvariantCulture, $"{moved:0.0} s, {count / moved:N0} records/s"), "–", null);
    }

    private static async Task<bool> IsLiveAsync(Browser browser, string act)
    {
        var page = await browser.ReadAsync(act);
        return page.Contains("Waits for its turn", StringComparison.Ordinal) || page.Contains("Under way", StringComparison.Ordinal);
    }

    private static async Task<string> UserAsync(Browser browser, string email)
    {
        var list = await browser.ReadAsync("/admin/users?q=" + Uri.EscapeDataString(email));
        return System.Text.RegularExpressions.Regex.Match(list, "/admin/users/(?<id>[0-9a-f-]{36})", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["id"].Value;
    }
}
