using System.Globalization;
using System.Runtime.InteropServices;
using Crm.Kernel.Data;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;

namespace Crm.Benchmarks;

/// <summary>What it was measured on.</summary>
internal static class Machine
{
    public static async Task<string> DescribeAsync(CrmHost host, BenchOptions options)
    {
        var version = "";
        await host.InAsync(async db =>
        {
            await db.Database.OpenConnectionAsync();
            version = db.Database.GetDbConnection().ServerVersion;
            if (options.IsPostgres && await db.Database.SqlQueryRaw<string>("SELECT setting AS \"Value\" FROM pg_settings WHERE name = 'fsync'").SingleAsync() == "off")
                version += " (fsync off: a save does not wait for the disk)";
        });
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            - Machine: {Environment.ProcessorCount} cores ({RuntimeInformation.ProcessArchitecture}), {memory:0.0} GB of memory, {RuntimeInformation.OSDescription}; before the run: {Busy()}
            - .NET {Environment.Version}, {(options.IsPostgres ? "PostgreSQL" : "SQLite")} {version}
            - Command: `./build.sh bench {options.Words}`; load generator and server are two processes on the same cores

            """);
    }

    // The system's own word for it; there is none where it keeps no such file.
    private static string Busy() =>
        File.Exists("/proc/loadavg") ? "load " + string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3)) : "not known";
}
