using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Crm.Kernel.Commands.Door;

/// <summary>The end of a command that was typed in another process, as the server sees it.</summary>
internal sealed class SocketEnd(Frames frames) : CommandEnd, IDisposable
{
    private readonly ConcurrentDictionary<string, Channel<byte[]>> _inputs = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _gone = new();

    /// <summary>Takes what the other side sends; its going away stops the command.</summary>
    public async Task ListenAsync(CancellationTokenSource stop)
    {
        try
        {
            while (await frames.ReadAsync(stop.Token) is { } frame && frame.Kind is FrameKind.Input or FrameKind.InputEnd)
            {
                var (input, bytes) = frame.Piece();
                var channel = ChannelOf(input);
                if (frame.Kind == FrameKind.Input)
                    await channel.Writer.WriteAsync(bytes.ToArray(), stop.Token);
                else
                    channel.Writer.TryComplete();
            }
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or OperationCanceledException)
        {
            // The same as going away.
        }

        await _gone.CancelAsync();
        await stop.CancelAsync();
    }

    public override Stream OpenInput(string input) => new InputStream(ct => NextAsync(input, ct));

    public override Stream OpenOutput(string input) => new OutputStream((piece, ct) => frames.WriteAsync(FrameKind.Output, input, piece, ct));

    public override Task SayAsync(string line, CancellationToken ct) => frames.WriteAsync(FrameKind.Line, line, ct);

    public override Task NoteAsync(string line, CancellationToken ct) => frames.WriteAsync(FrameKind.Note, line, ct);

    public override Task ProgressAsync(CommandProgress progress, CancellationToken ct) => frames.WriteAsync(FrameKind.Progress, progress, ct);

    public void Dispose() => _gone.Dispose();

    private Channel<byte[]> ChannelOf(string input) => _inputs.GetOrAdd(input, _ => Channel.CreateBounded<byte[]>(4));

    // Pieces are asked for one by one, so that a slow command never has a file piling up.
    private async Task<byte[]?> NextAsync(string input, CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, _gone.Token);
        await frames.WriteAsync(FrameKind.Need, input, either.Token);
        var channel = ChannelOf(input);
        return await channel.Reader.WaitToReadAsync(either.Token) && channel.Reader.TryRead(out var piece) ? piece : null;
    }
}
