using Crm.Abstractions.Events;
using Crm.Abstractions.Records;
using Crm.Contacts.Consents;

namespace Crm.Contacts.Contacts;

/// <summary>A person or an organisation, present or prospective customer or neither: all in one store.</summary>
internal abstract class Contact : IRecord, IFactSource
{
    private const int MostWords = 100;
    private readonly List<object> _facts = [];

    /// <summary>For the database, which loads the spine itself.</summary>
    protected Contact() => Spine = null!;

    protected Contact(Guid id, string kind)
    {
        Id = id;
        Spine = new Spine(id, kind);
    }

    public Guid Id { get; private set; }

    public Spine Spine { get; private set; }

    public string? Status { get; set; }

    public string? Classification { get; set; }

    public string? SpecialNeeds { get; set; }

    public string? Description { get; set; }

    public List<ContactPoint> Points { get; } = [];

    public List<ContactTag> Tags { get; } = [];

    public List<DesignatedPerson> Designated { get; } = [];

    public List<Consent> Consents { get; } = [];

    public IReadOnlyList<object> TakeFacts()
    {
        var facts = _facts.ToList();
        _facts.Clear();
        return facts;
    }

    /// <summary>The values of one type, in the order in which they were given.</summary>
    public IEnumerable<ValueEntry> Values(PointType type) =>
        Points.Where(p => p.Type == type).OrderBy(p => p.Position).Select(p => new ValueEntry(p.Kind, p.Value, p.IsDoubtful));

    /// <summary>Replaces the values of one type. A row whose value, or what was typed for it, is given again stays the same row.</summary>
    public void SetValues(PointType type, IReadOnlyList<ValueEntry> entries, string? country)
    {
        var left = Points.Where(p => p.Type == type).ToList();
        var seen = new HashSet<(string, string)>();
        var position = 0;
        foreach (var entry in entries.Where(e => !string.IsNullOrWhiteSpace(e.Value)))
        {
            var read = PointText.Read(type, entry, country);
            var point = left.Find(p => p.Is(read.Kind, read.Value) || p.Is(read.Kind, read.Typed)) ?? left.Find(p => p.IsTyped(read.Kind, read.Typed));
            if (seen.Contains((read.Kind, read.Typed)) || !seen.Add((read.Kind, point?.Value ?? read.Value)))
                continue;
            seen.Add((read.Kind, read.Typed));
            if (point is null)
                Points.Add(point = Added(type, read));
            left.Remove(point);
            point.Position = position++;
        }

        Points.RemoveAll(left.Contains);
    }

    /// <summary>The words of one list, in alphabetical order.</summary>
    public IEnumerable<string> Words(string list) =>
        Tags.Where(t => string.Equals(t.List, list, StringComparison.Ordinal)).Select(t => t.Word).Order(StringComparer.CurrentCultureIgnoreCase);

    /// <summary>Replaces the words of one list; the same word in another case is the same word.</summary>
    public void SetWords(string list, IReadOnlyList<string> words)
    {
        var wanted = words.Select(ContactTag.Clean).Where(w => w.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (wanted.Count > MostWords)
            throw new RuleViolation(list, "These are too many.");
        if (wanted.Exists(w => w.Length > ContactTag.Longest))
            throw new RuleViolation(list, "A tag has 60 characters at most.");
        Tags.RemoveAll(t => string.Equals(t.List, list, StringComparison.Ordinal) && !wanted.Contains(t.Word, StringComparer.OrdinalIgnoreCase));
        var there = Words(list).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Tags.AddRange(wanted.Where(w => !there.Contains(w)).Select(w => new ContactTag(Id, list, w)));
    }

    protected void Note(object fact) => _facts.Add(fact);

    private ContactPoint Added(PointType type, PointText read)
    {
        var point = new ContactPoint(Id, type, read);
        if (type == PointType.Phone && !read.Typed.TrimStart().StartsWith('+'))
            Note(new PhoneTyped(Id, point.Id));
        return point;
    }
}
