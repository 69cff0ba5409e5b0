using System.Collections;
using System.Runtime.CompilerServices;

namespace Crm.Mail.Addresses;

/// <summary>Addresses as From, To and their like hold them (RFC 5322 §3.4). Unchangeable.</summary>
[CollectionBuilder(typeof(AddressList), nameof(Create))]
public sealed class AddressList : IReadOnlyList<AddressEntry>
{
    private readonly IReadOnlyList<AddressEntry> _entries;

    /// <summary>A list of entries.</summary>
    /// <param name="entries">Mailboxes and groups.</param>
    public AddressList(IEnumerable<AddressEntry> entries) => _entries = [.. entries];

    /// <summary>Nobody.</summary>
    public static AddressList Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _entries.Count;

    /// <summary>All mailboxes, those of groups included.</summary>
    public IEnumerable<Mailbox> Mailboxes => _entries.SelectMany(entry => entry.Mailboxes);

    /// <inheritdoc/>
    public AddressEntry this[int index] => _entries[index];

    /// <summary>Builds a list from a collection expression.</summary>
    /// <param name="entries">Mailboxes and groups.</param>
    public static AddressList Create(ReadOnlySpan<AddressEntry> entries) => new(entries.ToArray());

    /// <summary>Reads a list as people and mail programs write it, with names, quotes, comments and groups. What is no address is left out.</summary>
    /// <param name="text">The list, with commas or semicolons between its entries.</param>
    public static AddressList Parse(string text) => new AddressParser(text).Read();

    /// <inheritdoc/>
    public IEnumerator<AddressEntry> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal string ToHeader() => string.Join(", ", _entries.Select(entry => entry.ToHeader()));

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", _entries);
}
