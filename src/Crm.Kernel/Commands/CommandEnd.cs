namespace Crm.Kernel.Commands;

/// <summary>The end at which somebody typed the command: its files, its terminal.</summary>
internal abstract class CommandEnd
{
    /// <summary>Opens a file that the command was given, for reading.</summary>
    public abstract Stream OpenInput(string input);

    /// <summary>Opens a file that the command was told to write. It takes its name when the command succeeds.</summary>
    public abstract Stream OpenOutput(string input);

    /// <summary>A line for standard output: what a script reads.</summary>
    public abstract Task SayAsync(string line, CancellationToken ct);

    /// <summary>A line for standard error: what a person reads.</summary>
    public abstract Task NoteAsync(string line, CancellationToken ct);

    public abstract Task ProgressAsync(CommandProgress progress, CancellationToken ct);
}

/// <summary>How far a command is.</summary>
/// <param name="Total">How much there is, or 0 where that isn't known.</param>
internal sealed record CommandProgress(string What, long Done, long Total);

/// <summary>What was typed: values by input name; of a file its name, of a flag <c>true</c>.</summary>
internal sealed record CommandRequest(string Name, Dictionary<string, string[]> Values);

/// <summary>How a command ended.</summary>
/// <param name="Result">Its result as JSON.</param>
internal sealed record CommandAnswer(int ExitCode, string? Error, string Result);
