using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;

namespace Crm.Benchmarks;

/// <summary>Saves, imports, and saves beside an import.</summary>
internal sealed class Writing(ServerProcess server, BenchTable table, BenchOptions options, Action<string> tell)
{
    private int _serial;

    public async Task RunAsync(Reader reader)
    {
        if (options.Has("save"))
            await SavingAsync(reader);
        if (!options.Has("import"))
            return;
        await ImportingAsync();
        await BesideAsync(reader);
    }

    private async Task SavingAsync(Reader reader)
    {
        tell("Saving …");
        var load = new Load(options.Users, TimeSpan.FromSeconds(options.Seconds), () => server.Worked);
        var alone = await load.RunAsync((_, _) => SaveAsync(reader));
        table.Times("save of a person with two phones and an e-mail by API", alone.GetValueOrDefault("") ?? [], load.Each, 30);
    }

    private async Task ImportingAsync()
    {
        tell("Importing …");
        var started = Stopwatch.GetTimestamp();
        var worked = server.Worked;
        await Importing.RunAsync(server, "alone", options.Rows);
        var speed = options.Rows / Stopwatch.GetElapsedTime(started).TotalSeconds;
        // What the machine does beside it slows the clock down, but not this.
        var cost = (server.Worked - worked).TotalMilliseconds / options.Rows;
        table.One(
            string.Create(CultureInfo.InvariantCulture, $"import of {options.Rows:N0} new people with employer, phone and e-mail, nobody else asking; {cost:0.00} ms of processor time each"),
            string.Create(CultureInfo.InvariantCulture, $"{speed:N0} contacts/s"), "≥ 2,000 contacts/s", speed >= 2_000);
    }

    private async Task BesideAsync(Reader reader)
    {
        tell("Saving beside an import …");
        using var ended = new CancellationTokenSource();
        var started = Stopwatch.GetTimestamp();
        var import = Task.Run(() => ImportedAsync(ended));
        var beside = await new Load(options.Users, TimeSpan.FromSeconds(options.Seconds)).RunAsync((_, _) => SaveAsync(reader), ended.Token);
        table.Times("the same save while an import runs", beside.GetValueOrDefault("") ?? [], null, 100);
        await import;
        var speed = options.Rows / Stopwatch.GetElapsedTime(started).TotalSeconds;
        table.One("that import, while the users saved", string.Create(CultureInfo.InvariantCulture, $"{speed:N0} contacts/s"), "–", null);
    }

    private async Task ImportedAsync(CancellationTokenSource ended)
    {
        try
        {
            await Importing.RunAsync(server, "beside", options.Rows);
        }
        finally
        {
            await ended.CancelAsync();
        }
    }

    private async Task<string> SaveAsync(Reader reader)
    {
        var number = Interlocked.Increment(ref _serial);
        using var answer = await reader.Api.PostAsJsonAsync(
            new Uri("/api/v1/people", UriKind.Relative),
            new
            {
                firstName = "Saved",
                lastName = string.Create(CultureInfo.InvariantCulture, $"Person {number}"),
                phones = new[]
                {
                    new { kind = "mobile", value = string.Create(CultureInfo.InvariantCulture, $"+3712{1_000_000 + number}") },
                    new { kind = "work", value = string.Create(CultureInfo.InvariantCulture, $"+3716{1_000_000 + number}") },
                },
                emails = new[] { new { kind = "work", value = string.Create(CultureInfo.InvariantCulture, $"saved{number}@mail.example") } },
            });
        return answer.StatusCode == HttpStatusCode.Created
            ? ""
            : throw new InvalidOperationException($"A save is answered {answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }
}
