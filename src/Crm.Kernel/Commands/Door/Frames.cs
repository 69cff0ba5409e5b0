using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Crm.Kernel.Commands.Door;

/// <summary>What a frame on the socket means.</summary>
internal enum FrameKind : byte
{
    /// <summary>To the server: the command and its values.</summary>
    Request = (byte)'Q',

    /// <summary>To the program: send the next piece of an input file.</summary>
    Need = (byte)'N',

    /// <summary>To the server: a piece of an input file.</summary>
    Input = (byte)'I',

    /// <summary>To the server: the input file ends.</summary>
    InputEnd = (byte)'Z',

    /// <summary>To the server: stop.</summary>
    Cancel = (byte)'C',

    /// <summary>To the program: a line of standard output.</summary>
    Line = (byte)'T',

    /// <summary>To the program: a line of standard error.</summary>
    Note = (byte)'S',

    /// <summary>To the program: how far it is.</summary>
    Progress = (byte)'P',

    /// <summary>To the program: a piece of an output file; an empty one makes the file.</summary>
    Output = (byte)'O',

    /// <summary>To the program: how it ended.</summary>
    Answer = (byte)'A',
}

/// <summary>One frame.</summary>
internal readonly record struct Frame(FrameKind Kind, byte[] Payload)
{
    public string Text => Encoding.UTF8.GetString(Payload);

    public T Read<T>() => JsonSerializer.Deserialize<T>(Payload) ?? throw new InvalidDataException("An empty frame.");

    /// <summary>The file that a piece belongs to, and the piece.</summary>
    public (string Input, ReadOnlyMemory<byte> Bytes) Piece()
    {
        var length = Payload.Length == 0 ? 0 : Payload[0];
        return length == 0 || Payload.Length < length + 1
            ? throw new InvalidDataException("A piece of a file without its name.")
            : (Encoding.UTF8.GetString(Payload, 1, length), Payload.AsMemory(1 + length));
    }
}

/// <summary>Frames on a stream: a kind, a length of four bytes, the payload. Writes go one at a time.</summary>
internal sealed class Frames(Stream stream) : IDisposable
{
    public const int PieceSize = 64 * 1024;
    private const int MostBytes = 1 << 20;
    private readonly SemaphoreSlim _writing = new(1, 1);

    /// <summary>The next frame, or null at the end.</summary>
    public async Task<Frame?> ReadAsync(CancellationToken ct)
    {
        var head = new byte[5];
        if (await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct) < head.Length)
            return null;
        var length = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(1));
        if (length is < 0 or > MostBytes)
            throw new InvalidDataException("A frame is longer than it may be.");
        var payload = new byte[length];
        await stream.ReadExactlyAsync(payload, ct);
        return new Frame((FrameKind)head[0], payload);
    }

    public Task WriteAsync(FrameKind kind, string text, CancellationToken ct) => WriteAsync(kind, Encoding.UTF8.GetBytes(text), ct);

    public Task WriteAsync<T>(FrameKind kind, T value, CancellationToken ct)
        where T : class => WriteAsync(kind, JsonSerializer.SerializeToUtf8Bytes(value), ct);

    public Task WriteAsync(FrameKind kind, string input, ReadOnlyMemory<byte> piece, CancellationToken ct)
    {
        var name = Encoding.UTF8.GetBytes(input);
        var payload = new byte[1 + name.Length + piece.Length];
        payload[0] = (byte)name.Length;
        name.CopyTo(payload, 1);
        piece.CopyTo(payload.AsMemory(1 + name.Length));
        return WriteAsync(kind, payload, ct);
    }

    public async Task WriteAsync(FrameKind kind, byte[] payload, CancellationToken ct)
    {
        if (payload.Length > MostBytes)
            throw new InvalidDataException("A frame is longer than it may be.");
        var bytes = new byte[5 + payload.Length];
        bytes[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(1), payload.Length);
        payload.CopyTo(bytes, 5);
        await _writing.WaitAsync(ct);
        try
        {
            await stream.WriteAsync(bytes, ct);
            await stream.FlushAsync(ct);
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose() => _writing.Dispose();
}
