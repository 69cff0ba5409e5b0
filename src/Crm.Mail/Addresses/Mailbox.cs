using System.Diagnostics.CodeAnalysis;
using Crm.Mail.Headers;

namespace Crm.Mail.Addresses;

/// <summary>A person or machine that gets or sends mail: a name and an address (RFC 5322 §3.4.1, RFC 6532 for other scripts). There is none with an address that is not one.</summary>
public sealed record Mailbox : AddressEntry
{
    /// <summary>A mailbox without a name.</summary>
    /// <param name="address">The address, such as <c>anna@example.org</c>.</param>
    /// <exception cref="MailFormatException">It is no address.</exception>
    public Mailbox(string address)
        : this(null, address)
    {
    }

    /// <summary>A mailbox.</summary>
    /// <param name="name">The name to show, or null. Line breaks and control characters become spaces.</param>
    /// <param name="address">The address, such as <c>anna@example.org</c>; other scripts on both sides of the at sign are allowed.</param>
    /// <exception cref="MailFormatException">It is no address.</exception>
    public Mailbox(string? name, string address)
    {
        var trimmed = address.Trim();
        if (!AddressSyntax.TrySplit(trimmed, out var local, out var domain)) throw new MailFormatException("This is not an e-mail address.");
        Name = name is null ? "" : HeaderText.Clean(name);
        LocalPart = local;
        Domain = domain;
        AsciiDomain = MailDomain.ToAscii(domain)!;
    }

    /// <summary>The name to show; empty if there is none.</summary>
    public string Name { get; }

    /// <summary>What stands before the at sign, in quotes where it needs them.</summary>
    public string LocalPart { get; }

    /// <summary>What stands behind the at sign, as it was written.</summary>
    public string Domain { get; }

    /// <summary>The domain as the name system knows it: other scripts as <c>xn--</c> (RFC 5891).</summary>
    public string AsciiDomain { get; }

    /// <summary>The address as it was written.</summary>
    public string Address => $"{LocalPart}@{Domain}";

    /// <summary>The address as it travels: the domain in ASCII.</summary>
    public string WireAddress => $"{LocalPart}@{AsciiDomain}";

    /// <summary>Set where the part before the at sign is not ASCII, which only servers with SMTPUTF8 take (RFC 6531).</summary>
    public bool NeedsUtf8 => !HeaderText.IsAscii(LocalPart);

    internal override IEnumerable<Mailbox> Mailboxes => [this];

    /// <summary>A mailbox from a name and an address that may be none.</summary>
    /// <param name="name">The name to show, or null.</param>
    /// <param name="address">The address to look at.</param>
    /// <param name="mailbox">The mailbox, where it is one.</param>
    public static bool TryCreate(string? name, string address, [NotNullWhen(true)] out Mailbox? mailbox)
    {
        mailbox = AddressSyntax.TrySplit(address.Trim(), out _, out _) ? new Mailbox(name, address) : null;
        return mailbox is not null;
    }

    internal override string ToHeader() => Name.Length == 0 ? WireAddress : $"{Phrase.Write(Name)} <{WireAddress}>";

    /// <inheritdoc/>
    public override string ToString() => Name.Length == 0 ? Address : $"{Name} <{Address}>";
}
