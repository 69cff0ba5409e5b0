using Crm.Abstractions.Records;

namespace Crm.Contacts.Contacts;

/// <summary>One phone, e-mail address, web page or handle of a contact.</summary>
internal sealed class ContactPoint : IRecordPart
{
    private ContactPoint()
    {
    }

    public ContactPoint(Guid recordId, PointType type, PointText text)
    {
        (RecordId, Type, Kind) = (recordId, type, text.Kind);
        Take(text);
    }

    public Guid Id { get; private set; } = Guid.CreateVersion7();

    public Guid RecordId { get; private set; }

    public PointType Type { get; private set; }

    public string Kind { get; private set; } = "";

    /// <summary>The value in its one form, or as typed where it could not be read.</summary>
    public string Value { get; private set; } = "";

    /// <summary>What was typed, so that the same import twice finds the same row.</summary>
    public string Typed { get; private set; } = "";

    /// <summary>The form by which two values are the same.</summary>
    public string Normalized { get; private set; } = "";

    public bool IsDoubtful { get; private set; }

    public int Position { get; set; }

    /// <summary>Takes a value that was read anew, as when the country becomes known.</summary>
    public void Take(PointText text) =>
        (Value, Typed, Normalized, IsDoubtful) = (text.Value, text.Typed, text.Normalized, text.IsDoubtful);

    public bool Is(string kind, string value) => string.Equals(Kind, kind, StringComparison.Ordinal) && string.Equals(Value, value, StringComparison.Ordinal);

    public bool IsTyped(string kind, string typed) => string.Equals(Kind, kind, StringComparison.Ordinal) && string.Equals(Typed, typed, StringComparison.Ordinal);
}
