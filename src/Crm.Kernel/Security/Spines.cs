using System.Linq.Expressions;
using Crm.Abstractions.Records;

namespace Crm.Kernel.Security;

/// <summary>Puts conditions on a spine row together, and applies them to records through their spine.</summary>
internal static class Spines
{
    /// <summary>The condition on a spine row, asked of the row that a record leads to.</summary>
    public static Expression<Func<T, bool>> On<T>(Expression<Func<Spine, bool>> rule, Expression<Func<T, Spine>> path) =>
        Expression.Lambda<Func<T, bool>>(Replace.In(rule.Body, rule.Parameters[0], path.Body), path.Parameters);

    public static Expression<Func<Spine, bool>> And(Expression<Func<Spine, bool>> a, Expression<Func<Spine, bool>> b) => Join(a, b, Expression.AndAlso);

    public static Expression<Func<Spine, bool>> Or(this Expression<Func<Spine, bool>> a, Expression<Func<Spine, bool>> b) => Join(a, b, Expression.OrElse);

    private static Expression<Func<Spine, bool>> Join(
        Expression<Func<Spine, bool>> a, Expression<Func<Spine, bool>> b, Func<Expression, Expression, Expression> join) =>
        Expression.Lambda<Func<Spine, bool>>(join(a.Body, Replace.In(b.Body, b.Parameters[0], a.Parameters[0])), a.Parameters);
}

/// <summary>Replaces one expression by another.</summary>
internal sealed class Replace : ExpressionVisitor
{
    private readonly Expression _what;
    private readonly Expression _with;

    private Replace(Expression what, Expression with) => (_what, _with) = (what, with);

    public static Expression In(Expression where, Expression what, Expression with) => new Replace(what, with).Visit(where)!;

    public override Expression? Visit(Expression? node) => node == _what ? _with : base.Visit(node);
}
