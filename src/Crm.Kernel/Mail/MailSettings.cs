using Crm.Mail.Addresses;
using Crm.Mail.Sending;
using Crm.Mail.Smtp;
using Crm.Mail.Wire;
using Microsoft.Extensions.Configuration;

namespace Crm.Kernel.Mail;

/// <summary>Where mail goes out, from the configuration's section <c>Mail</c>: a relay, or a folder for trying things out.</summary>
internal sealed class MailSettings
{
    private readonly SmtpSettings? _relay;
    private readonly string? _folder;

    public MailSettings(IConfiguration configuration)
    {
        var mail = configuration.GetSection("Mail");
        var smtp = mail.GetSection("Smtp");
        From = Mailbox.TryCreate(null, mail["From"] ?? "", out var from) ? from : null;
        _folder = mail["Folder"] is { Length: > 0 } folder ? folder : null;
        ResendsUnheard = string.Equals(mail["WhenUnheard"], "Resend", StringComparison.OrdinalIgnoreCase);
        RetryAfter = TimeSpan.FromSeconds(mail.GetValue("RetrySeconds", 30));
        if (smtp["Host"] is not { Length: > 0 } host)
            return;
        _relay = new SmtpSettings
        {
            Host = host,
            Port = smtp.GetValue("Port", 587),
            Security = smtp.GetValue("Security", SmtpSecurity.StartTls),
            Login = smtp["User"] is { Length: > 0 } user ? SmtpLogin.ByPassword(user, smtp["Password"] ?? "") : null,
            AllowLoginInPlain = smtp.GetValue("AllowLoginInPlain", false),
            HelloName = smtp["HelloName"] is { Length: > 0 } name ? name : "[127.0.0.1]",
            Trust = smtp["Certificate"] is { Length: > 0 } pinned ? new TlsTrust { Pinned = [pinned] } : TlsTrust.Machine,
            Times = Times(smtp.GetValue("TimeoutSeconds", 0)),
        };
    }

    /// <summary>The site's own address; mail can't be sent without.</summary>
    public Mailbox? From { get; }

    /// <summary>Sends again what may have been sent, as the administrator decided; otherwise it is listed and waits for him.</summary>
    public bool ResendsUnheard { get; }

    /// <summary>A relay that is away is asked again after this long, whatever waits.</summary>
    public TimeSpan RetryAfter { get; }

    public bool IsReady => From is not null && (_relay is not null || _folder is not null);

    public IMailTransport Transport(TimeProvider clock) => _folder is { } folder ? new FolderTransport(folder) : new SmtpTransport(_relay!, clock);

    private static SmtpTimes Times(int seconds)
    {
        if (seconds <= 0)
            return new();
        var time = TimeSpan.FromSeconds(seconds);
        return new() { Connect = time, Greeting = time, Tls = time, Command = time, Block = time, Answer = time };
    }
}
