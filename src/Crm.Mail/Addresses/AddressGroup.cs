namespace Crm.Mail.Addresses;

/// <summary>Mailboxes under one name, such as <c>undisclosed-recipients:;</c> (RFC 5322 §3.4).</summary>
public sealed record AddressGroup : AddressEntry
{
    /// <summary>A group.</summary>
    /// <param name="name">Its name; line breaks become spaces.</param>
    /// <param name="members">Its mailboxes; there may be none.</param>
    /// <exception cref="MailFormatException">The name is empty.</exception>
    public AddressGroup(string name, IEnumerable<Mailbox> members)
    {
        Name = Headers.HeaderText.Clean(name);
        if (Name.Length == 0) throw new MailFormatException("A group of addresses has a name.");
        Members = [.. members];
    }

    /// <summary>What the group is called.</summary>
    public string Name { get; }

    /// <summary>Who is in it.</summary>
    public IReadOnlyList<Mailbox> Members { get; }

    internal override IEnumerable<Mailbox> Mailboxes => Members;

    internal override string ToHeader() => $"{Phrase.Write(Name)}: {string.Join(", ", Members.Select(member => member.ToHeader()))};";

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {string.Join(", ", Members)};";
}
