using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Crm.Mail.Testing;

/// <summary>Lines in and out, on the server's side.</summary>
internal sealed class SinkWire(Stream stream) : IAsyncDisposable
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private Stream _stream = stream;
    private int _start;
    private int _end;

    public bool IsSecured => _stream is SslStream;

    /// <summary>Set while commands wait that came together with the one before.</summary>
    public bool HasMore => _start < _end;

    public async Task SecureAsync(X509Certificate2 certificate, CancellationToken ct)
    {
        var secured = new SslStream(_stream);
        _stream = secured;
        await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, ct);
    }

    public async Task SayAsync(string text, CancellationToken ct)
    {
        await _stream.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
    }

    /// <summary>The bytes of one line without CRLF; null at the end of the connection. A LF alone ends no line.</summary>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken ct)
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start.._end).IndexOf("\r\n"u8);
            if (length >= 0)
            {
                var line = _buffer.AsMemory(_start, length);
                _start += length + 2;
                return line;
            }

            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
            if (_end == _buffer.Length) throw new IOException("A line is longer than a test server takes.");
            var count = await _stream.ReadAsync(_buffer.AsMemory(_end), ct);
            if (count == 0) return null;
            _end += count;
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
