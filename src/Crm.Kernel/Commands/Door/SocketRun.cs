namespace Crm.Kernel.Commands.Door;

/// <summary>Has a running server run a command, and does here what it asks for: reads and writes files, shows lines.</summary>
internal sealed class SocketRun(Stream socket, CommandEnd end) : IAsyncDisposable
{
    private readonly Dictionary<string, Stream> _inputs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Stream> _outputs = new(StringComparer.Ordinal);

    public async Task<CommandAnswer> RunAsync(CommandRequest request, CancellationToken ct)
    {
        using var frames = new Frames(socket);
        try
        {
            await frames.WriteAsync(FrameKind.Request, request, ct);
            // The server answers a stop by itself, after it left its data whole.
            await using var stop = ct.Register(() => _ = frames.WriteAsync(FrameKind.Cancel, [], CancellationToken.None));
            while (await frames.ReadAsync(CancellationToken.None) is { } frame)
            {
                if (frame.Kind == FrameKind.Answer)
                    return frame.Read<CommandAnswer>();
                await TakeAsync(frames, frame);
            }
        }
        catch (Exception failure) when (failure is IOException or System.Net.Sockets.SocketException && !ct.IsCancellationRequested)
        {
            return new CommandAnswer(CommandFailure.Failed, $"The server went away: {failure.Message}", "{}");
        }

        return new CommandAnswer(CommandFailure.Failed, "The server stopped before the command ended.", "{}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var stream in _inputs.Values.Concat(_outputs.Values))
            await stream.DisposeAsync();
    }

    private Task TakeAsync(Frames frames, Frame frame) => frame.Kind switch
    {
        FrameKind.Line => end.SayAsync(frame.Text, CancellationToken.None),
        FrameKind.Note => end.NoteAsync(frame.Text, CancellationToken.None),
        FrameKind.Progress => end.ProgressAsync(frame.Read<CommandProgress>(), CancellationToken.None),
        FrameKind.Need => SendAsync(frames, frame.Text),
        FrameKind.Output => WriteAsync(frame),
        _ => Task.CompletedTask,
    };

    private async Task SendAsync(Frames frames, string input)
    {
        if (!_inputs.TryGetValue(input, out var file))
            _inputs[input] = file = end.OpenInput(input);
        var piece = new byte[Frames.PieceSize];
        var count = await file.ReadAsync(piece);
        await frames.WriteAsync(count == 0 ? FrameKind.InputEnd : FrameKind.Input, input, piece.AsMemory(0, count), CancellationToken.None);
    }

    private async Task WriteAsync(Frame frame)
    {
        var (input, bytes) = frame.Piece();
        if (!_outputs.TryGetValue(input, out var file))
            _outputs[input] = file = end.OpenOutput(input);
        await file.WriteAsync(bytes);
    }
}
