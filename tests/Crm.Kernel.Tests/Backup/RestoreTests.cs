using System.Text;
using Crm.Kernel.Backup;
using Crm.Kernel.Commands;
using Crm.Kernel.Data;
using Crm.Kernel.Hosting;
using Crm.Kernel.Security;
using Crm.Kernel.Tests.Api;
using Crm.Kernel.Tests.Commands;
using Crm.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Crm.Kernel.Tests.Backup;

/// <summary>A backup is made while others write, and comes back whole or not at all.</summary>
public abstract class RestoreTests(CrmHost host) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crm-restore-").FullName;

    /// <summary>Settings of an empty place to restore to.</summary>
    protected Dictionary<string, string?> Target { get; private set; } = [];

    public async Task InitializeAsync()
    {
        Target = new() { ["Data:Directory"] = _folder };
        await PlaceAsync(Target);
    }

    public async Task DisposeAsync()
    {
        await RemoveAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task What_was_backed_up_while_others_wrote_comes_back_equal()
    {
        using var api = await host.ApiAsync(await new People(host).AdministratorAsync());
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
                await api.MadeAsync("people", new { lastName = $"Writer {i}", tags = new[] { "busy" } });
        });
        await Task.Delay(300);
        await BackedUpAsync();
        await stop.CancelAsync();
        await writing;
        var backup = await BackedUpAsync();
        Assert.Equal((0, null), await RunAsync(Target, "verify", backup));
        Assert.Equal((0, null), await RunAsync(Target, "restore", backup));
        Assert.Equal(await RowsAsync(host.Services), await RowsAsync(Target));
        Assert.Equal((0, null), await RunAsync(Target, "verify", null));
    }

    [Fact]
    public async Task A_damaged_file_is_refused_and_so_is_one_in_place_of_data_and_nothing_is_changed()
    {
        using var api = await host.ApiAsync(await new People(host).AdministratorAsync());
        await api.MadeAsync("people", new { lastName = "Before the damage" });
        var backup = await BackedUpAsync();
        Assert.Equal((0, null), await RunAsync(Target, "restore", backup));
        var before = await RowsAsync(Target);
        var (code, error) = await RunAsync(Target, "restore", backup);
        Assert.Equal(1, code);
        Assert.Contains("--force", error, StringComparison.Ordinal);
        foreach (var damaged in (byte[][])[[.. backup.Take(backup.Length / 2)], Flipped(backup), Encoding.UTF8.GetBytes("no backup at all")])
        {
            (code, error) = await RunAsync(Target, "restore", damaged, "force");
            Assert.Equal(1, code);
            Assert.Contains("nothing was changed", error, StringComparison.Ordinal);
        }

        Assert.Equal(before, await RowsAsync(Target));
        Assert.Equal((0, null), await RunAsync(Target, "restore", backup, "force"));
        Assert.Equal(before, await RowsAsync(Target));
    }

    [Fact]
    public async Task Cut_off_at_any_point_the_old_data_or_the_new_is_there_whole()
    {
        using var api = await host.ApiAsync(await new People(host).AdministratorAsync());
        var old = await BackedUpAsync();
        Assert.Equal((0, null), await RunAsync(Target, "restore", old));
        var before = await RowsAsync(Target);
        await api.MadeAsync("people", new { lastName = "After the backup" });
        await TokensNotedAsync();
        var fresh = await BackedUpAsync();
        var after = await RowsAsync(host.Services);
        Assert.NotEqual(before, after);
        foreach (var (point, isOld) in Points)
        {
            var path = Path.Combine(_folder, "fresh.tmp");
            await File.WriteAllBytesAsync(path, fresh);
            await WithAsync(Target, async services => await Assert.ThrowsAsync<PowerCut>(() => RestoreAsync(services, path, p =>
            {
                if (p == point)
                    throw new PowerCut();
            })));
            Assert.Equal(isOld ? before : after, await RowsAsync(Target));
            Assert.Equal((0, null), await RunAsync(Target, "restore", old, "force"));
        }
    }

    // When a token was last used is noted after its call.
    private async Task TokensNotedAsync()
    {
        var open = true;
        for (var turn = 0; turn < 100 && open; turn++)
        {
            await host.InAsync(async db => open = await db.Set<ApiToken>().AnyAsync(t => t.LastUsedAt == null));
            await Task.Delay(open ? 50 : 0);
        }
    }

    /// <summary>Points at which the power goes, and whether the old data is there then.</summary>
    protected abstract IReadOnlyList<(string Point, bool IsOld)> Points { get; }

    internal abstract Task RestoreAsync(IServiceProvider services, string path, Action<string> reached);

    protected abstract Task PlaceAsync(Dictionary<string, string?> settings);

    protected abstract Task RemoveAsync();

    // Somewhere in the middle of the data, past any header.
    private static byte[] Flipped(byte[] whole)
    {
        var copy = whole.ToArray();
        for (var i = copy.Length / 2; i < (copy.Length / 2) + 4096 && i < copy.Length; i++)
            copy[i] ^= 0x5A;
        return copy;
    }

    private static async Task WithAsync(Dictionary<string, string?> settings, Func<IServiceProvider, Task> work)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "crm", ContentRootPath = AppContext.BaseDirectory, EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders();
        builder.AddCrm();
        await using var app = builder.Build();
        await work(app.Services);
    }

    private static async Task<(int Code, string? Error)> RunAsync(Dictionary<string, string?> settings, string name, byte[]? file, string? flag = null)
    {
        var end = new MemoryEnd();
        var values = new Dictionary<string, string[]>();
        if (file is not null)
        {
            end.Files["file"] = file;
            values["file"] = ["backup"];
        }

        if (flag is not null)
            values[flag] = ["true"];
        CommandAnswer answer = null!;
        await WithAsync(settings, async services => answer = await services.GetRequiredService<CommandRunner>().RunAsync(new CommandRequest(name, values), end, default));
        return (answer.ExitCode, answer.Error);
    }

    private async Task<byte[]> BackedUpAsync()
    {
        var end = new MemoryEnd();
        var answer = await host.Services.GetRequiredService<CommandRunner>().RunAsync(new CommandRequest("backup", new() { ["file"] = ["b"] }), end, default);
        Assert.True(answer.ExitCode == 0, answer.Error);
        return end.Written["file"].ToArray();
    }

    private static async Task<string> RowsAsync(Dictionary<string, string?> settings)
    {
        var rows = "";
        await WithAsync(settings, async services => rows = await RowsAsync(services));
        return rows;
    }

    // Every row of every table of ours but the scheduler's trail, which goes on meanwhile.
    private static async Task<string> RowsAsync(IServiceProvider services)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<KernelDb>>().CreateDbContextAsync();
        await db.Database.OpenConnectionAsync();
        var tables = db.Model.GetEntityTypes().Select(t => Microsoft.EntityFrameworkCore.RelationalEntityTypeExtensions.GetTableName(t)!).Append("core_search_doc").Distinct().Order(StringComparer.Ordinal).Where(t => !t.StartsWith("core_job", StringComparison.Ordinal));
        var all = new StringBuilder();
        foreach (var table in tables)
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = table == "core_search_doc" ? "SELECT record_id, title, body, acl FROM core_search_doc" : $"SELECT * FROM \"{table}\"";
            await using var reader = await command.ExecuteReaderAsync();
            var rows = new List<string>();
            while (await reader.ReadAsync())
                rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetName(i) + "=" + (reader.GetValue(i) is byte[] b ? Convert.ToHexString(b) : reader.GetValue(i).ToString())).Order(StringComparer.Ordinal)));
            all.Append(table).Append('\n').AppendJoin('\n', rows.Order(StringComparer.Ordinal)).Append('\n');
        }

        return all.ToString();
    }

    /// <summary>What happens at a point in a test.</summary>
    private sealed class PowerCut : Exception;
}

public sealed class RestoreOnSqlite(SqliteHost host) : RestoreTests(host), IClassFixture<SqliteHost>
{
    protected override IReadOnlyList<(string Point, bool IsOld)> Points => [("kept aside", true), ("replaced", false)];

    internal override Task RestoreAsync(IServiceProvider services, string path, Action<string> reached) =>
        ActivatorUtilities.CreateInstance<RestoreSqlite>(services).RunAsync(path, isForced: true, default, reached);

    protected override Task PlaceAsync(Dictionary<string, string?> settings) => Task.CompletedTask;

    protected override Task RemoveAsync()
    {
        SqliteConnection.ClearAllPools();
        return Task.CompletedTask;
    }
}

public sealed class RestoreOnPostgres(PostgresHost host) : RestoreTests(host), IClassFixture<PostgresHost>
{
    private readonly NpgsqlConnectionStringBuilder _at = new(host.Services.GetRequiredService<DatabaseOptions>().ConnectionString) { Database = $"crm_{Guid.CreateVersion7():N}" };
    private readonly PostgresHost _host = host;

    protected override IReadOnlyList<(string Point, bool IsOld)> Points => [("core_user", true), ("files_chunk", true)];

    internal override Task RestoreAsync(IServiceProvider services, string path, Action<string> reached) =>
        ActivatorUtilities.CreateInstance<RestorePostgres>(services).RunAsync(
            path,
            isForced: true,
            table =>
            {
                reached(table);
                return Task.CompletedTask;
            },
            default);

    protected override async Task PlaceAsync(Dictionary<string, string?> settings)
    {
        await ExecuteAsync($"CREATE DATABASE {_at.Database}");
        (settings["Database:Provider"], settings["Database:ConnectionString"]) = ("PostgreSql", _at.ConnectionString);
    }

    protected override Task RemoveAsync() => ExecuteAsync($"DROP DATABASE IF EXISTS {_at.Database} WITH (FORCE)");

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_host.Services.GetRequiredService<DatabaseOptions>().ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
