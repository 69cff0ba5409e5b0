using System.Globalization;

namespace Crm.Kernel.Commands;

/// <summary>One run of a command: what was typed, the services of its scope, and the end that it talks to.</summary>
internal sealed class CommandRun(CommandRequest request, IServiceProvider services, CommandEnd end)
{
    public IServiceProvider Services { get; } = services;

    /// <summary>The result for <c>--json</c>.</summary>
    public object Result { get; set; } = new { };

    public string? Text(string input) => request.Values.TryGetValue(input, out var values) && values.Length > 0 ? values[0] : null;

    public string Required(string input) =>
        Text(input) ?? throw new CommandFailure($"'{input}' is missing.", CommandFailure.WrongUsage);

    public bool Has(string flag) => string.Equals(Text(flag), "true", StringComparison.OrdinalIgnoreCase);

    public long? Number(string input) => Text(input) is not { } text
        ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new CommandFailure($"'{text}' is not a number: give {input} in digits.", CommandFailure.WrongUsage);

    public Stream OpenInput(string input) => end.OpenInput(input);

    public Stream OpenOutput(string input) => end.OpenOutput(input);

    public Task SayAsync(string line, CancellationToken ct) => end.SayAsync(line, ct);

    public Task NoteAsync(string line, CancellationToken ct) => end.NoteAsync(line, ct);

    public Task ProgressAsync(string what, long done, long total, CancellationToken ct) =>
        end.ProgressAsync(new CommandProgress(what, done, total), ct);
}
