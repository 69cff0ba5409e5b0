namespace Crm.Mail.Sending;

/// <summary>A way for mail to leave: the seam at which another mail library can take the place of ours.</summary>
public interface IMailTransport : IAsyncDisposable
{
    /// <summary>Sends one mail. Safe to call from several threads; they may wait for each other.</summary>
    /// <param name="mail">What to send.</param>
    /// <param name="ct">Ends the attempt while the mail is surely not sent. Later it only shortens the wait for the answer.</param>
    /// <returns>What became of it; faults of servers and networks are outcomes, not exceptions.</returns>
    /// <exception cref="OperationCanceledException">It was ended, and the mail was surely not sent.</exception>
    Task<SendResult> SendAsync(OutgoingMail mail, CancellationToken ct);
}
