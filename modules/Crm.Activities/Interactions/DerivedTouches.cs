using Crm.Abstractions.Records;

namespace Crm.Activities.Interactions;

/// <summary>The touches that follow from an interaction.</summary>
internal sealed class DerivedTouches : IDerivedRows
{
    public IEnumerable<object> Of(IRecord record) => record is Interaction made
        ? made.ConcernedAtAll().Select(id => new Touch { RecordId = id, InteractionId = made.Id, At = made.At, Channel = made.Channel })
        : [];
}
