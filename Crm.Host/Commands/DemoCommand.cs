using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Crm.Kernel.Commands.Door;
using Crm.Kernel.Hosting;
using Crm.Kernel.Samples;
using Crm.Kernel.Settings;
using Crm.Kernel.Setup;
using Microsoft.Data.Sqlite;

namespace Crm.Host.Commands;

/// <summary>A throw-away server with the sample company, in a temporary folder that goes with it.</summary>
internal static class DemoCommand
{
    private const string Admin = "admin@sample.example";

    public static async Task<int> RunAsync(string? urls, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("crm-demo-").FullName;
        try
        {
            await ServeAsync(folder, urls ?? FreeUrl(), ct);
            return 0;
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task ServeAsync(string folder, string urls, CancellationToken ct)
    {
        // Nothing of a real installation's settings: the demo has its own database and people.
        await using var app = ServerProgram.Build(
            [$"--Data:Directory={folder}", "--Database:Provider=Sqlite", "--Database:ConnectionString=", "--Setup:AdminEmail=", $"--Urls={urls}"]);
        using var held = await DataLock.TakeAsync(folder, TimeSpan.Zero, TimeProvider.System, ct);
        app.UseCrm();
        await app.PrepareAsync(ct);
        var password = RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 12);
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var site = scope.ServiceProvider.GetRequiredService<SiteSettings>().Now with { Name = "Sample company" };
            await scope.ServiceProvider.GetRequiredService<SetUpSite>().RunAsync(new FirstSettings(Admin, password, "Admin", site), ct);
        }

        await app.Services.GetRequiredService<AddSample>().RunAsync(password, ct);
        await app.StartAsync(ct);
        await TellAsync(app.Urls.First(), password);
        await app.WaitForShutdownAsync(ct);
    }

    private static async Task TellAsync(string url, string password)
    {
        await Console.Out.WriteLineAsync($"CRM is running at {url} with a sample company; all is gone when it stops.");
        await Console.Out.WriteLineAsync($"Everybody's password is {password}");
        await Console.Out.WriteLineAsync($"  {"administrator",-16}{Admin}");
        foreach (var user in AddSample.Users)
            await Console.Out.WriteLineAsync($"  {user.Role,-16}{user.Email}");
    }

    private static string FreeUrl()
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, 5080);
            listener.Start();
            return ServerProgram.DefaultUrl;
        }
        catch (SocketException)
        {
            return "http://127.0.0.1:0";
        }
    }
}
