namespace Crm.Kernel.Mail;

/// <summary>Wakes the loop that sends when a mail was written; it looks again a moment later, when the unit is committed.</summary>
internal sealed class MailSignal : IDisposable
{
    private readonly SemaphoreSlim _bell = new(0, 1);

    public void Wake()
    {
        try
        {
            _bell.Release();
        }
        catch (SemaphoreFullException)
        {
            // It rings already.
        }
    }

    public Task WaitAsync(TimeSpan atMost, CancellationToken ct) => _bell.WaitAsync(atMost, ct);

    public void Dispose() => _bell.Dispose();
}
