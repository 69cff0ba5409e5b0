using System.Text;
using Crm.Kernel.Import;
using Crm.Kernel.Records;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Import;

/// <summary>Imports of a scope's somebody, short.</summary>
internal static class ImportWords
{
    /// <summary>Imports a file and gives the rows that were refused.</summary>
    public static async Task<List<BadRow>> RunAsync(IServiceProvider scope, string kind, string file)
    {
        var type = scope.GetRequiredService<RecordTypes>().Find(kind) ?? throw new InvalidOperationException(kind);
        var (plan, stream) = await scope.GetRequiredService<PlanImport>().RunAsync(type, new MemoryStream(Encoding.UTF8.GetBytes(file)), new ImportMap(), null, default);
        var bad = new List<BadRow>();
        await scope.GetRequiredService<ImportRun>().RunAsync(
            plan, stream, new ImportOptions("rows.csv"),
            row =>
            {
                bad.Add(row);
                return Task.CompletedTask;
            },
            _ => Task.CompletedTask,
            default);
        return bad;
    }
}
