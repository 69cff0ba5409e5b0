using System.Net.Sockets;
using Crm.Kernel.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Kernel.Commands.Door;

/// <summary>Lets commands in through the data directory's socket while the server runs.</summary>
internal sealed partial class CommandListener(DatabaseOptions database, IServiceProvider services, ILogger<CommandListener> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var path = SocketPlace.Make(database.Directory);
            using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            listener.Listen(16);
            await AcceptAsync(listener, stoppingToken);
        }
        catch (Exception failure) when (failure is SocketException or IOException or UnauthorizedAccessException or CommandFailure)
        {
            // The server serves all the same.
            LogNoSocket(failure);
        }
        finally
        {
            SocketPlace.Remove(database.Directory);
        }
    }

    private async Task AcceptAsync(Socket listener, CancellationToken ct)
    {
        var open = new List<Task>();
        try
        {
            while (!ct.IsCancellationRequested)
            {
                var client = await listener.AcceptAsync(ct);
                open.RemoveAll(t => t.IsCompleted);
                open.Add(ServeAsync(client, ct));
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(Socket client, CancellationToken ct)
    {
        try
        {
            await using var stream = new NetworkStream(client, ownsSocket: true);
            using var frames = new Frames(stream);
            if (await frames.ReadAsync(ct) is not { Kind: FrameKind.Request } first)
                return;
            using var end = new SocketEnd(frames);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var listening = end.ListenAsync(stop);
            var answer = await services.GetRequiredService<CommandRunner>().RunAsync(first.Read<CommandRequest>(), end, stop.Token);
            await frames.WriteAsync(FrameKind.Answer, answer, CancellationToken.None);
            await stop.CancelAsync();
            await listening;
        }
        catch (Exception failure) when (failure is IOException or SocketException or InvalidDataException or System.Text.Json.JsonException or OperationCanceledException)
        {
            LogBroken(failure.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Commands can't reach this server: its socket could not be opened.")]
    private partial void LogNoSocket(Exception failure);

    [LoggerMessage(Level = LogLevel.Debug, Message = "A command went away: {Reason}")]
    private partial void LogBroken(string reason);
}
