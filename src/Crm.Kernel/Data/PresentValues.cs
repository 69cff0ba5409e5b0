using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Crm.Kernel.Data;

/// <summary>
/// Says of a value that is looked for in a list of values that it is there: <c>list.Contains(row.OwnerId!.Value)</c> is false where there is none.
/// Npgsql's provider would ask for null besides, in case the list had one, and a condition that asks for both enters no index.
/// </summary>
internal sealed class PresentValues : ExpressionVisitor, IQueryExpressionInterceptor
{
    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData) => Visit(queryExpression);

    protected override Expression VisitMethodCall(MethodCallExpression node)
    {
        ArgumentNullException.ThrowIfNull(node);
        var visited = base.VisitMethodCall(node);
        return node.Method.Name == nameof(Enumerable.Contains) && node.Method.DeclaringType != typeof(Queryable)
            && node.Arguments is [.., MemberExpression { Member.Name: nameof(Nullable<>.Value), Expression: { } value }] && Nullable.GetUnderlyingType(value.Type) is not null
            ? Expression.AndAlso(Expression.NotEqual(value, Expression.Constant(null, value.Type)), visited)
            : visited;
    }
}
