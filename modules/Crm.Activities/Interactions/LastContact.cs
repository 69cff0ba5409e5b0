using System.Linq.Expressions;
using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Activities.Cadence;

namespace Crm.Activities.Interactions;

/// <summary>When a record was contacted last: <c>interaction.last</c>.</summary>
internal sealed class LastContact : ContributedField<DateTimeOffset?>
{
    public override string Name => "interaction.last";

    public override string Label => "Last contact";

    public override FieldKind Kind => FieldKind.Instant;

    public override string Permission => ActivitiesPermissions.View;

    public override IReadOnlyList<string> Kinds => Customer.Kinds[Customer.Both];

    public override bool IsKeyFact => true;

    protected override Expression<Func<Guid, DateTimeOffset?>> Value(CrmDb db) =>
        id => db.Set<Touch>().Where(t => t.RecordId == id).Max(t => (DateTimeOffset?)t.At);
}
