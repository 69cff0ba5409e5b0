namespace Crm.Mail.Addresses;

/// <summary>One entry of an address list: a mailbox or a group of them (RFC 5322 §3.4).</summary>
public abstract record AddressEntry
{
    private protected AddressEntry()
    {
    }

    internal abstract IEnumerable<Mailbox> Mailboxes { get; }

    internal abstract string ToHeader();
}
