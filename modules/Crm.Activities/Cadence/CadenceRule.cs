using Crm.Abstractions.Events;
using Crm.Abstractions.Records;

namespace Crm.Activities.Cadence;

/// <summary>How often customers are to be contacted: at least once in so many days, at most so often in so many days, or both.</summary>
internal sealed class CadenceRule : IRecord, IFactSource, IBinAware
{
    public const string KindName = "cadence-rule";
    public const int MostDays = 3_660;
    private const int MostTimes = 1_000;

    private bool _isChanged;
    private DateTimeOffset? _binnedAt;

    private CadenceRule() => Spine = null!;

    private CadenceRule(Guid id) => (Id, Spine, _isChanged) = (id, new Spine(id, KindName), true);

    public Guid Id { get; private set; }

    public Spine Spine { get; private set; }

    public string Name { get; set; } = "";

    /// <summary>The customers' type: people, organisations or both.</summary>
    public string Customers { get; set => field = Changed(field, value); } = Customer.Both;

    /// <summary>The name of a saved view that everybody has; empty for all customers of the type.</summary>
    public string? Segment { get; set => field = Changed(field, value); }

    public List<CadenceChannel> Channels { get; } = [];

    /// <summary>The channels as one word, by which marks are found; empty for any channel.</summary>
    public string ChannelKey { get; private set => field = Changed(field, value); } = "";

    /// <summary>At least once in so many days.</summary>
    public int? AtLeastDays { get; set => field = Changed(field, value); }

    /// <summary>At most so many times.</summary>
    public int? AtMostTimes { get; set => field = Changed(field, value); }

    /// <summary>In so many days.</summary>
    public int? AtMostDays { get; set => field = Changed(field, value); }

    public bool IsActive { get; set => field = Changed(field, value); } = true;

    public DateTimeOffset? BinnedAt
    {
        get => _binnedAt;
        set => _binnedAt = Changed(_binnedAt, value);
    }

    public static CadenceRule New() => new(Guid.CreateVersion7());

    public static IReadOnlyList<string> ChannelsOf(string key) => key.Split(',', StringSplitOptions.RemoveEmptyEntries);

    public void Count(IEnumerable<string> channels)
    {
        var wanted = channels.Select(c => c.Trim()).Where(c => c.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        Channels.RemoveAll(c => !wanted.Contains(c.Channel));
        Channels.AddRange(wanted.Where(w => !Channels.Exists(c => c.Channel == w)).Select(w => new CadenceChannel(Id, w)));
        ChannelKey = string.Join(',', wanted);
    }

    public void Check()
    {
        if (string.IsNullOrWhiteSpace(Name))
            throw new RuleViolation("name", "Give the rule a name.");
        if (AtLeastDays is null && AtMostTimes is null)
            throw new RuleViolation("atLeastDays", "Say how often at least, how often at most, or both.");
        if (AtLeastDays is < 1 or > MostDays)
            throw new RuleViolation("atLeastDays", "Give the days, from 1 to {0}.", MostDays);
        if (AtMostTimes is < 1 or > MostTimes)
            throw new RuleViolation("atMostTimes", "Give how many times, from 1 to {0}.", MostTimes);
        if (AtMostTimes is null != AtMostDays is null)
            throw new RuleViolation("atMostDays", "At most so many times goes with in so many days.");
        if (AtMostDays is < 1 or > MostDays)
            throw new RuleViolation("atMostDays", "Give the days, from 1 to {0}.", MostDays);
        if (!Customer.Kinds.ContainsKey(Customers))
            throw new RuleViolation("customers", "Choose whom the rule is about.");
    }

    public IReadOnlyList<object> TakeFacts()
    {
        if (!_isChanged)
            return [];
        _isChanged = false;
        return [new CadenceRuleChanged(Id)];
    }

    private TValue Changed<TValue>(TValue before, TValue now)
    {
        _isChanged |= !EqualityComparer<TValue>.Default.Equals(before, now);
        return now;
    }
}

/// <summary>A rule was made, or whom or what it counts has changed.</summary>
internal sealed record CadenceRuleChanged(Guid RuleId);

/// <summary>A channel that a rule counts; where it names none, it counts all.</summary>
internal sealed class CadenceChannel : IRecordPart
{
    private CadenceChannel() => Channel = "";

    public CadenceChannel(Guid recordId, string channel) => (RecordId, Channel) = (recordId, channel);

    public Guid RecordId { get; private set; }

    public string Channel { get; private set; }
}

/// <summary>Who counts as a customer.</summary>
internal static class Customer
{
    public const string Person = "person";
    public const string Organization = "organization";
    public const string Both = "contact";

    /// <summary>The kinds in the spine by the record type that a rule names.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Kinds { get; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
    {
        [Person] = [Person],
        [Organization] = [Organization],
        [Both] = [Person, Organization],
    };
}
