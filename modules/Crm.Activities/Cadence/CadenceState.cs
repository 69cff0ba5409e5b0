using System.Linq.Expressions;
using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Cadence;

/// <summary>How a customer stands by all rules that are about him, the worst of them: <c>cadence.state</c>. Empty where there is none.</summary>
internal sealed class CadenceState(TimeProvider clock) : ContributedField<string?>
{
    public const string FieldName = "cadence.state";
    public const string Ok = "ok";
    public const string Soon = "soon";
    public const string Overdue = "overdue";
    public const string TooOften = "too-often";

    public static IReadOnlyList<FieldOption> States { get; } =
    [
        new(Ok, "In touch", "green"),
        new(Soon, "Contact due soon", "yellow"),
        new(Overdue, "Contact overdue", "red"),
        new(TooOften, "Contacted too often", "orange"),
    ];

    public override string Name => FieldName;

    public override string Label => "Contact cadence";

    public override FieldKind Kind => FieldKind.OneOf;

    public override IReadOnlyList<FieldOption> Options => States;

    public override string Permission => ActivitiesPermissions.View;

    public override IReadOnlyList<string> Kinds => Customer.Kinds[Customer.Both];

    public override bool IsKeyFact => true;

    public override bool IsLate => true;

    public override async Task<LambdaExpression> ValueOfAsync(CrmDb db, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        var now = clock.GetUtcNow();
        var (often, overdue, soon, any) = (new List<Expression<Func<Guid, bool>>>(), new List<Expression<Func<Guid, bool>>>(), new List<Expression<Func<Guid, bool>>>(), new List<Expression<Func<Guid, bool>>>());
        foreach (var rule in (await ActiveRule.AllAsync(db, ct)).Where(r => r.IsReady))
        {
            IQueryable<Guid>? members;
            try
            {
                members = await rule.MembersAsync(db, ct);
            }
            catch (RuleViolation)
            {
                // Its segment was changed or removed since: the rule says so on its page, and counts for nobody.
                continue;
            }

            any.Add(About(db, rule, members));
            if (rule.OftenSince(now) is { } since)
                often.Add(Both(any[^1], id => db.Set<OftenMark>().Any(m => m.RuleId == rule.Id && m.RecordId == id && m.At > since)));
            if (rule.OverdueBefore(now) is { } late)
                overdue.Add(Both(any[^1], LastBefore(db, rule.ChannelKey, late)));
            if (rule.SoonBefore(now) is { } early)
                soon.Add(Both(any[^1], LastBefore(db, rule.ChannelKey, early)));
        }

        var id = Expression.Parameter(typeof(Guid), "id");
        // Without any rule it is still a value of the row, by which lists sort: a constant is none.
        Expression value = Expression.Condition(Expression.Equal(id, Expression.Constant(Guid.Empty)), Expression.Constant(Ok), Expression.Constant(null, typeof(string)));
        foreach (var (word, conditions) in new[] { (Ok, any), (Soon, soon), (Overdue, overdue), (TooOften, often) })
            value = conditions.Count == 0 ? value : Expression.Condition(Either(conditions, id), Expression.Constant(word), value);
        return Expression.Lambda<Func<Guid, string?>>(value, id);
    }

    protected override Expression<Func<Guid, string?>> Value(CrmDb db) => throw new NotSupportedException("The rules are read first.");

    private static Expression<Func<Guid, bool>> About(CrmDb db, ActiveRule rule, IQueryable<Guid>? members)
    {
        if (members is not null)
            return id => members.Any(m => m == id);
        var kinds = rule.Kinds;
        return kinds.Count == 1 ? id => db.Set<Spine>().Any(r => r.Id == id && kinds.Contains(r.Kind)) : id => true;
    }

    private static Expression<Func<Guid, bool>> LastBefore(CrmDb db, string key, DateTimeOffset at) =>
        id => db.Set<ContactMark>().Any(m => m.RecordId == id && m.Channels == key && m.At < at);

    private static Expression<Func<Guid, bool>> Both(Expression<Func<Guid, bool>> a, Expression<Func<Guid, bool>> b) =>
        Expression.Lambda<Func<Guid, bool>>(Expression.AndAlso(a.Body, Swap.In(b, a.Parameters[0])), a.Parameters);

    private static Expression Either(IEnumerable<Expression<Func<Guid, bool>>> conditions, ParameterExpression id) =>
        conditions.Select(c => Swap.In(c, id)).Aggregate(Expression.OrElse);

    private sealed class Swap(ParameterExpression what, ParameterExpression with) : ExpressionVisitor
    {
        public static Expression In(Expression<Func<Guid, bool>> condition, ParameterExpression id) => new Swap(condition.Parameters[0], id).Visit(condition.Body);

        protected override Expression VisitParameter(ParameterExpression node) => node == what ? with : base.VisitParameter(node);
    }
}
