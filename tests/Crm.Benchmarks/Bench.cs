using System.Diagnostics;
using System.Globalization;
using Crm.Kernel.Bulk;
using Crm.Kernel.Data;
using Crm.Kernel.Security;
using Crm.Kernel.Users;
using Crm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Benchmarks;

/// <summary>Makes a company, loads the server with its users, and says in one table what that took.</summary>
internal sealed class Bench(BenchOptions options, Action<string> tell) : IAsyncDisposable
{
    private readonly CrmHost _host = options.IsPostgres ? new PostgresBenchHost() : new SqliteBenchHost();
    private readonly BenchTable _table = new();
    private bool _isRunning;

    public async Task<string> RunAsync()
    {
        await _host.InitializeAsync();
        _isRunning = true;
        var machine = await Machine.DescribeAsync(_host, options);
        var company = new Company(_host, options);
        await GenerateAsync(company);
        using (var administrator = await company.AdministratorAsync())
        using (var salesperson = await company.SalespersonAsync())
        {
            var reading = new Reading(_table, options, tell);
            await reading.CeilingAsync(_host.Services.GetRequiredService<DatabaseOptions>());
            await reading.RunAsync(administrator);
            await reading.RunAsync(salesperson);
            await new Writing(_host, _table, options, tell).RunAsync(salesperson);
            await HandOverAsync(company, administrator);
        }

        var memory = Process.GetCurrentProcess().PeakWorkingSet64 / (1 << 20);
        _table.One("peak memory of server and load generator together", $"{memory} MB", "≤ 300 MB", memory <= 300);
        await StartAsync();
        return $"{machine}\n{_table}";
    }

    public async ValueTask DisposeAsync()
    {
        if (_isRunning)
            await _host.DisposeAsync();
    }

    private async Task GenerateAsync(Company company)
    {
        tell("Generating …");
        var started = Stopwatch.GetTimestamp();
        var made = await company.GenerateAsync();
        var speed = made.Rows / Stopwatch.GetElapsedTime(started).TotalSeconds;
        _table.One($"generating {made.Contacts} contacts and {made.Notes} notes", Number(speed, "rows/s"), "≥ 20,000 rows/s", speed >= 20_000);
    }

    private async Task HandOverAsync(Company company, Reader administrator)
    {
        tell("Hand-over …");
        var (owner, count) = await company.LargestAsync();
        var started = Stopwatch.GetTimestamp();
        // What the machine does beside it slows the clock down, but not this.
        var worked = Environment.CpuUsage.TotalTime;
        var act = Guid.Empty;
        await using (var scope = _host.Services.CreateAsyncScope())
        {
            var actor = scope.ServiceProvider.GetRequiredService<Actor>();
            (actor.IsSystem, actor.Door) = (true, "command");
            act = await scope.ServiceProvider.GetRequiredService<HandOver>().RunAsync(owner, administrator.Id, CancellationToken.None);
        }

        var answered = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await _host.Services.GetRequiredService<BulkRun>().FinishAsync(act, CancellationToken.None);
        var moved = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var cost = (Environment.CpuUsage.TotalTime - worked).TotalMilliseconds / count;
        _table.One(
            string.Create(CultureInfo.InvariantCulture, $"hand-over of {count:N0} records, with what hangs on them: answered, and all theirs"),
            string.Create(CultureInfo.InvariantCulture, $"{answered:0.00} s"), "100,000 answered ≤ 3 s", count >= 100_000 ? answered <= 3 : answered <= 3 * count / 100_000.0);
        _table.One(
            string.Create(CultureInfo.InvariantCulture, $"the same: every row and every document moved, {Number(count / moved, "records/s")}; {cost:0.00} ms of processor time each"),
            string.Create(CultureInfo.InvariantCulture, $"{moved:0.0} s"), "≥ 4,000 records/s", count / moved >= 4_000);
    }

    private async Task StartAsync()
    {
        tell("Start …");
        (double Seconds, long Bytes) start = default;
        ((IBenchHost)_host).Stopped = async settings => start = await ColdStart.MeasureAsync(settings);
        _isRunning = false;
        await _host.DisposeAsync();
        _table.One("start to first answer, a process of its own", string.Create(CultureInfo.InvariantCulture, $"{start.Seconds:0.0} s"), "≤ 2 s", start.Seconds <= 2);
    }

    private static string Number(double value, string unit) => string.Create(CultureInfo.InvariantCulture, $"{value:N0} {unit}");
}
