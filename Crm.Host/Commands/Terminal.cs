using Crm.Kernel.Commands;

namespace Crm.Host.Commands;

/// <summary>The terminal, and the files beside it. Standard output has only what a script reads.</summary>
internal sealed class Terminal : CommandEnd, IAsyncDisposable
{
    private readonly Dictionary<string, string> _inputs;
    private readonly Dictionary<string, string> _outputs;
    private readonly List<FileStream> _open = [];
    private readonly ProgressLine _progress = new(Console.Error, Console.IsErrorRedirected, TimeProvider.System);
    private readonly bool _json;

    public Terminal(Dictionary<string, string> inputs, Dictionary<string, string> outputs, bool json)
    {
        (_inputs, _outputs, _json) = (inputs, outputs, json);
        if (inputs.Values.FirstOrDefault(path => !File.Exists(path)) is { } missing)
            throw new CommandFailure(Directory.Exists(missing) ? $"{missing} is a folder: give a file." : $"There is no file {missing}.");
        if (outputs.Values.FirstOrDefault(path => !Directory.Exists(Path.GetDirectoryName(path))) is { } homeless)
            throw new CommandFailure($"There is no folder {Path.GetDirectoryName(homeless)}.");
        if (outputs.Values.FirstOrDefault(Directory.Exists) is { } folder)
            throw new CommandFailure($"{folder} is a folder: give a file.");
    }

    public override Stream OpenInput(string input)
    {
        var file = new FileStream(_inputs[input], FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: true);
        _open.Add(file);
        return file;
    }

    public override Stream OpenOutput(string input)
    {
        var file = new FileStream(Part(_outputs[input]), FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16, useAsync: true);
        _open.Add(file);
        return file;
    }

    public override Task SayAsync(string line, CancellationToken ct)
    {
        if (_json)
            return Task.CompletedTask;
        _progress.Clear();
        return Console.Out.WriteLineAsync(line.AsMemory(), ct);
    }

    public override Task NoteAsync(string line, CancellationToken ct)
    {
        _progress.Clear();
        return Console.Error.WriteLineAsync(line.AsMemory(), ct);
    }

    public override Task ProgressAsync(CommandProgress progress, CancellationToken ct)
    {
        _progress.Show(progress);
        return Task.CompletedTask;
    }

    /// <summary>Gives written files their names where the command worked, and says how it ended.</summary>
    public async Task EndAsync(CommandAnswer answer)
    {
        _progress.Clear();
        await CloseAsync();
        foreach (var path in _outputs.Values.Where(p => File.Exists(Part(p))))
        {
            if (answer.ExitCode == 0)
                File.Move(Part(path), path, overwrite: true);
            else
                File.Delete(Part(path));
        }

        if (answer.Error is { } error)
            await Console.Error.WriteLineAsync(error);
        else if (_json)
            await Console.Out.WriteLineAsync(answer.Result);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        foreach (var path in _outputs.Values)
            File.Delete(Part(path));
    }

    private static string Part(string path) => path + ".part";

    private async Task CloseAsync()
    {
        foreach (var file in _open)
            await file.DisposeAsync();
        _open.Clear();
    }
}
