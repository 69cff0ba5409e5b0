using Crm.Kernel.Commands.Door;
using Crm.Kernel.Data;
using Crm.Kernel.Hosting;

namespace Crm.Host.Commands;

/// <summary>Runs the server until it is told to stop.</summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(IReadOnlyList<string> settings, string? urls, CancellationToken ct)
    {
        await using var app = ServerProgram.Build(urls is null ? settings : [.. settings, $"--Urls={urls}"]);
        var database = app.Services.GetRequiredService<DatabaseOptions>();
        using var held = await DataLock.TakeAsync(database.Directory, TimeSpan.FromSeconds(10), TimeProvider.System, ct);
        app.UseCrm();
        await app.PrepareAsync(ct);
        await app.StartAsync(ct);
        foreach (var url in app.Urls)
            await Console.Out.WriteLineAsync($"CRM is running at {url}");
        await app.WaitForShutdownAsync(ct);
        return 0;
    }
}
