using System.Globalization;
using System.Text;
using Crm.Kernel.Import;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Crm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Benchmarks;

/// <summary>A file of new people, as a command brings one in: names, phone, e-mail, and an employer out of two hundred.</summary>
internal static class Importing
{
    public static async Task<ImportResult> RunAsync(CrmHost host, string file, int rows)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var actor = scope.ServiceProvider.GetRequiredService<Actor>();
        (actor.IsSystem, actor.Door) = (true, "command");
        var type = scope.ServiceProvider.GetRequiredService<RecordTypes>().Find("person")!;
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(FileOf(file, rows)));
        var (plan, stream) = await scope.ServiceProvider.GetRequiredService<PlanImport>().RunAsync(type, text, new ImportMap(), null, CancellationToken.None);
        var result = await scope.ServiceProvider.GetRequiredService<ImportRun>().RunAsync(
            plan, stream, new ImportOptions($"{file}.csv"), _ => Task.CompletedTask, _ => Task.CompletedTask, CancellationToken.None);
        return result.Created == rows ? result : throw new InvalidOperationException($"The import took {result.Created} of {rows} rows.");
    }

    private static string FileOf(string file, int rows)
    {
        var text = new StringBuilder("External ID,First Name,Last Name,Organization,Job Title,Birthday,Phone,Email\n");
        for (var i = 0; i < rows; i++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{file}{i},Imported,Number {i},Imported {file} {i % 200} Ltd,Buyer,19{50 + (i % 50)}-0{1 + (i % 9)}-1{i % 9},+3712{i + 1_000_000},{file}{i}@mail.example\n");
        }

        return text.ToString();
    }
}
