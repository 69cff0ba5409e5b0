using System.Runtime.InteropServices;
using Crm.Kernel.Commands;
using Crm.Kernel.Commands.Door;
using Crm.Kernel.Data;
using Crm.Kernel.Hosting;

namespace Crm.Host.Commands;

/// <summary>A command as it was typed: asks the running server to do it, or does it here when none runs.</summary>
internal sealed class TypedCommand(
    CrmCommand command, IReadOnlyList<(CommandInput Input, string[] Values)> typed, IReadOnlyList<string> settings, bool json)
{
    public async Task<int> RunAsync(CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await using var terminal = new Terminal(Files(InputKind.FileIn), Files(InputKind.FileOut), json);
        var request = new CommandRequest(command.Name, await ValuesAsync(stop.Token));
        var answer = await AnswerAsync(request, terminal, stop.Token);
        await terminal.EndAsync(answer);
        return answer.ExitCode;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private async Task<CommandAnswer> AnswerAsync(CommandRequest request, Terminal terminal, CancellationToken ct)
    {
        if (command.Place == CommandPlace.Here)
            return await CommandRunner.RunAsync(command, new CommandRun(request, EmptyServices.Instance, terminal), _ => { }, ct);
        var directory = DatabaseOptions.Read(ServerProgram.Settings(settings)).Directory;
        await using (var socket = await SocketPlace.ConnectAsync(directory, ct))
        {
            if (socket is not null && command.Place == CommandPlace.Alone)
                throw new CommandFailure($"A server is running on {directory}: stop it first, then run 'crm {command.Name}' again.");
            if (socket is not null)
            {
                await using var run = new SocketRun(socket, terminal);
                return await run.RunAsync(request, ct);
            }
        }

        using var held = await DataLock.TakeAsync(directory, TimeSpan.FromSeconds(20), TimeProvider.System, ct);
        await using var app = ServerProgram.Build(settings);
        if (command.Place == CommandPlace.Anywhere)
            await app.PrepareAsync(ct);
        return await app.Services.GetRequiredService<CommandRunner>().RunAsync(request, terminal, ct);
    }

    private Dictionary<string, string> Files(InputKind kind) => typed.Where(t => t.Input.Kind == kind)
        .ToDictionary(t => t.Input.Name, t => Path.GetFullPath(t.Values[0]), StringComparer.Ordinal);

    private async Task<Dictionary<string, string[]>> ValuesAsync(CancellationToken ct)
    {
        var values = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var (input, given) in typed)
        {
            values[input.Name] = input.Kind switch
            {
                InputKind.Secret when string.Equals(given[0], "-", StringComparison.Ordinal) => [await SecretAsync(input, ct)],
                InputKind.FileText => [await TextAsync(given[0], ct)],
                _ => given,
            };
        }

        return values;
    }

    private static async Task<string> SecretAsync(CommandInput input, CancellationToken ct) =>
        await Console.In.ReadLineAsync(ct) is { Length: > 0 } secret
            ? secret
            : throw new CommandFailure($"--{input.Name} was given as '-', but standard input is empty.", CommandFailure.WrongUsage);

    private static async Task<string> TextAsync(string path, CancellationToken ct)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new CommandFailure($"There is no file {path}.");
        return file.Length <= 256 * 1024
            ? await File.ReadAllTextAsync(path, ct)
            : throw new CommandFailure($"The file {path} is larger than 256 KB.");
    }

    private sealed class EmptyServices : IServiceProvider
    {
        public static EmptyServices Instance { get; } = new();

        public object? GetService(Type serviceType) => null;
    }
}
