using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Crm.Benchmarks;

/// <summary>A file of new people, brought in by the command: names, phone, e-mail, and an employer out of two hundred.</summary>
internal static class Importing
{
    public static async Task RunAsync(ServerProcess server, string name, int rows)
    {
        var folder = Directory.CreateTempSubdirectory("crm-bench-").FullName;
        var file = Path.Combine(folder, name + ".csv");
        await File.WriteAllTextAsync(file, TextOf(name, rows));
        var said = await server.RunAsync("import", "person", file, "--json");
        Directory.Delete(folder, recursive: true);
        using var result = JsonDocument.Parse(said);
        var created = result.RootElement.GetProperty("created").GetInt64();
        if (created != rows)
            throw new InvalidOperationException($"The import took {created} of {rows} rows.");
    }

    private static string TextOf(string name, int rows)
    {
        var text = new StringBuilder("External ID,First Name,Last Name,Organization,Job Title,Birthday,Phone,Email\n");
        for (var i = 0; i < rows; i++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{name}{i},Imported,Number {i},Imported {name} {i % 200} Ltd,Buyer,19{50 + (i % 50)}-0{1 + (i % 9)}-1{i % 9},+3712{i + 1_000_000},{name}{i}@mail.example\n");
        }

        return text.ToString();
    }
}
