using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Crm.Mail.Wire;

/// <summary>Lines to and from a mail server, plain or secured. Every step has its time; all faults are <see cref="WireException"/>.</summary>
internal sealed class WireConnection : IAsyncDisposable
{
    // A line is 512 bytes by the book; some servers' are longer.
    private const int LongestLine = 8 * 1024;

    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[LongestLine];
    private Stream _stream;
    private int _start;
    private int _end;

    private WireConnection(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
    }

    public bool IsSecured => _stream is SslStream;

    public static async Task<WireConnection> OpenAsync(string host, int port, TimeSpan time, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await TimedAsync(async limited => { await socket.ConnectAsync(host, port, limited); return 0; }, time, ct);
            return new WireConnection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Secures the connection. What the server said before is refused: it was not secured, and may be another's (RFC 3207 §6 and the attack of 2011 on it).</summary>
    public async Task SecureAsync(string host, TlsTrust trust, TimeSpan time, CancellationToken ct)
    {
        if (_start < _end) throw new WireException("The server sent more than its answer before the connection was secured.");
        var verdict = "";
        var secured = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = secured;
        try
        {
            await TimedAsync(
                async limited => { await secured.AuthenticateAsClientAsync(trust.ForClient(host, said => verdict = said), limited); return 0; }, time, ct);
        }
        catch (WireException fault) when (verdict.Length > 0)
        {
            throw new WireException(verdict, fault);
        }
    }

    public Task WriteAsync(ReadOnlyMemory<byte> bytes, TimeSpan time, CancellationToken ct) =>
        TimedAsync(async limited => { await _stream.WriteAsync(bytes, limited); return 0; }, time, ct);

    /// <summary>One line without its end; bytes that are no UTF-8 are replaced.</summary>
    public Task<string> ReadLineAsync(TimeSpan time, CancellationToken ct) =>
        TryTakeLine() is { } ready ? Task.FromResult(ready) : TimedAsync(ReadLineAsync, time, ct);

    public async ValueTask DisposeAsync() => await _stream.DisposeAsync();

    private async Task<string> ReadLineAsync(CancellationToken ct)
    {
        while (true)
        {
            if (_start > 0)
            {
                _buffer.AsSpan(_start.._end).CopyTo(_buffer);
                _end -= _start;
                _start = 0;
            }

            if (_end == _buffer.Length) throw new WireException("The server sent a line without an end.");
            var count = await _stream.ReadAsync(_buffer.AsMemory(_end), ct);
            if (count == 0) throw new WireException("The server ended the connection.");
            _end += count;
            if (TryTakeLine() is { } line) return line;
        }
    }

    private string? TryTakeLine()
    {
        var length = _buffer.AsSpan(_start.._end).IndexOf((byte)'\n');
        if (length < 0) return null;
        var line = Encoding.UTF8.GetString(_buffer.AsSpan(_start, length).TrimEnd((byte)'\r'));
        _start += length + 1;
        return line;
    }

    private static async Task<T> TimedAsync<T>(Func<CancellationToken, Task<T>> step, TimeSpan time, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(time);
        try
        {
            return await step(limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new WireException($"The server took longer than {time.TotalSeconds:0.###} s.");
        }
        catch (Exception fault) when (!ct.IsCancellationRequested && fault is IOException or SocketException or AuthenticationException or ObjectDisposedException)
        {
            throw new WireException(fault.Message, fault);
        }
        catch (Exception fault) when (ct.IsCancellationRequested && fault is not OperationCanceledException)
        {
            throw new OperationCanceledException(fault.Message, fault, ct);
        }
    }
}
