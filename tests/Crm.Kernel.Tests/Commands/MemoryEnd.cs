using Crm.Kernel.Commands;

namespace Crm.Kernel.Tests.Commands;

/// <summary>A command's end whose files are in memory.</summary>
internal sealed class MemoryEnd : CommandEnd
{
    public Dictionary<string, byte[]> Files { get; } = [];

    public Dictionary<string, MemoryStream> Written { get; } = [];

    public List<string> Lines { get; } = [];

    public List<string> Notes { get; } = [];

    public override Stream OpenInput(string input) => new MemoryStream(Files[input]);

    public override Stream OpenOutput(string input) => Written[input] = new MemoryStream();

    public override Task SayAsync(string line, CancellationToken ct)
    {
        Lines.Add(line);
        return Task.CompletedTask;
    }

    public override Task NoteAsync(string line, CancellationToken ct)
    {
        Notes.Add(line);
        return Task.CompletedTask;
    }

    public override Task ProgressAsync(CommandProgress progress, CancellationToken ct) => Task.CompletedTask;
}
