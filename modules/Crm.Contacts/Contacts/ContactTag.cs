using Crm.Abstractions.Records;

namespace Crm.Contacts.Contacts;

/// <summary>A word of a contact: a tag of one's own, or a kind such as supplier.</summary>
internal sealed class ContactTag : IRecordPart
{
    /// <summary>The list of free words.</summary>
    public const string Free = "tags";

    /// <summary>The list of kinds: supplier, association, event, network.</summary>
    public const string KindList = "contactKinds";

    public const int Longest = 60;

    private ContactTag()
    {
    }

    public ContactTag(Guid recordId, string list, string word) => (RecordId, List, Word) = (recordId, list, word);

    public Guid RecordId { get; private set; }

    public string List { get; private set; } = "";

    public string Word { get; private set; } = "";

    /// <summary>Without a leading # and with single spaces.</summary>
    public static string Clean(string word) =>
        string.Join(' ', word.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimStart('#').Trim();
}
