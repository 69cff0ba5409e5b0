using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Crm.Mail.Testing;

/// <summary>A mail server on loopback that keeps what it is given, and fails as a script says.</summary>
internal sealed class MailSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<SinkMail> _mails = new();
    private readonly ConcurrentQueue<string> _commands = new();
    private readonly ConcurrentBag<Task> _talks = [];
    private readonly SinkOptions _options;
    private readonly Task _accepting;
    private int _connections;

    private MailSink(SinkOptions options)
    {
        _options = options;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Every mail whose final dot came, whatever was answered.</summary>
    public IReadOnlyCollection<SinkMail> Mails => _mails;

    /// <summary>Every command, secrets included, in the order heard.</summary>
    public IReadOnlyCollection<string> Commands => _commands;

    public int Connections => _connections;

    public static MailSink Start(SinkOptions? options = null) => new(options ?? new SinkOptions());

    /// <summary>Waits until so many mails have come.</summary>
    public async Task WaitForAsync(int mails, TimeSpan time)
    {
        using var limit = new CancellationTokenSource(time);
        while (_mails.Count < mails) await Task.Delay(10, limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_talks);
        _end.Dispose();
    }

    internal void Keep(SinkMail mail) => _mails.Enqueue(mail);

    internal void Heard(string command) => _commands.Enqueue(command);

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                client.NoDelay = true;
                _talks.Add(TalkAsync(client, Interlocked.Increment(ref _connections)));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client, int number)
    {
        using (client)
        {
            await using var wire = new SinkWire(client.GetStream());
            try
            {
                await new SinkTalk(this, wire, _options, number).RunAsync(_end.Token);
            }
            catch (Exception end) when (end is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
                // The client went, or the script said so, or the test is over.
            }
        }
    }
}
