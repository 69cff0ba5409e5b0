using System.Linq.Expressions;
using System.Reflection;
using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;

namespace Crm.Kernel.CustomFields;

/// <summary>
/// Single values of <see cref="Spine.Custom"/> as the database sees them, each with its own type. The key stands in the SQL as it is,
/// since an index on the expression is used by no other: only names that <see cref="CustomFieldRules"/> let pass come here.
/// </summary>
internal static class CustomColumn
{
    public static string? Text(string? custom, string key) => throw Untranslated();

    public static double? Number(string? custom, string key) => throw Untranslated();

    public static double? Amount(string? custom, string key) => throw Untranslated();

    public static string? Currency(string? custom, string key) => throw Untranslated();

    public static bool? YesNo(string? custom, string key) => throw Untranslated();

    public static DateOnly? Day(string? custom, string key) => throw Untranslated();

    public static TimeOnly? Time(string? custom, string key) => throw Untranslated();

    public static DateTimeOffset? Instant(string? custom, string key) => throw Untranslated();

    /// <summary>The expression record → value of a field.</summary>
    public static LambdaExpression Of<T>(string function, string name)
        where T : class, IRecord
    {
        var row = Expression.Parameter(typeof(T), "r");
        var custom = Expression.Property(Expression.Property(row, nameof(IRecord.Spine)), nameof(Spine.Custom));
        return Expression.Lambda(Expression.Call(Method(function), custom, Expression.Constant(name)), row);
    }

    /// <summary>The same, as what a list is sorted by is said.</summary>
    public static Expression<Func<T, object?>> Boxed<T>(string function, string name)
        where T : class, IRecord
    {
        var column = Of<T>(function, name);
        return Expression.Lambda<Func<T, object?>>(Expression.Convert(column.Body, typeof(object)), column.Parameters);
    }

    /// <summary>The function that reads a kind's values.</summary>
    public static string FunctionOf(FieldKind kind) => kind switch
    {
        FieldKind.Number => nameof(Number),
        FieldKind.Money => nameof(Amount),
        FieldKind.YesNo => nameof(YesNo),
        FieldKind.Date => nameof(Day),
        FieldKind.Time => nameof(Time),
        FieldKind.Instant => nameof(Instant),
        _ => nameof(Text),
    };

    /// <summary>Teaches the model the functions, in the database's own words.</summary>
    public static void Map(ModelBuilder model, bool isSqlite)
    {
        var sql = new CustomSql(isSqlite);
        if (!isSqlite)
            model.Entity<Spine>().Property(s => s.Custom).HasColumnType("jsonb");
        void Add(string function, Func<IReadOnlyList<SqlExpression>, SqlExpression> translate)
        {
            var added = model.HasDbFunction(Method(function)).HasTranslation(translate);
            added.HasParameter("custom").HasStoreType(isSqlite ? "TEXT" : "jsonb");
        }

        Add(nameof(Text), a => sql.Text(a));
        Add(nameof(Currency), a => sql.Text(a, "currency"));
        Add(nameof(Number), a => sql.Number(sql.Text(a)));
        Add(nameof(Amount), a => sql.Number(sql.Text(a, "amount")));
        Add(nameof(YesNo), a => sql.YesNo(sql.Text(a)));
        Add(nameof(Day), a => sql.Day(sql.Text(a)));
        Add(nameof(Time), a => sql.Time(sql.Text(a)));
        Add(nameof(Instant), a => sql.Instant(sql.Text(a)));
    }

    private static MethodInfo Method(string function) => typeof(CustomColumn).GetMethod(function, [typeof(string), typeof(string)])!;

    private static InvalidOperationException Untranslated() => new("This is read by the database only.");
}

/// <summary>Writes the functions in SQL.</summary>
internal sealed class CustomSql(bool isSqlite)
{
    private static readonly StringTypeMapping _text = new("text", System.Data.DbType.String);
    private static readonly IntTypeMapping _int = new("integer");
    private static readonly DoubleTypeMapping _double = new("double precision");
    private static readonly RelationalTypeMapping _micros = (RelationalTypeMapping)new LongTypeMapping("INTEGER").WithComposedConverter(new InstantMicroseconds());

    /// <summary>What stands at a key, and below it.</summary>
    public SqlExpression Text(IReadOnlyList<SqlExpression> arguments, params string[] below)
    {
        if (arguments[1] is not SqlConstantExpression { Value: string key })
            throw new InvalidOperationException("The key must stand in the expression.");
        string[] path = [key, .. below];
        return isSqlite
            ? Call<string>("json_extract", arguments[0], new SqlConstantExpression("$." + string.Join('.', path), _text))
            : Call<string>("jsonb_extract_path_text", [arguments[0], .. path.Select(p => new SqlConstantExpression(p, _text))]);
    }

    public SqlExpression Number(SqlExpression text) => isSqlite ? Typed<double>(text) : Cast<double>(text, _double);

    public SqlExpression YesNo(SqlExpression text) => isSqlite ? Typed<bool>(text) : Cast<bool>(text);

    // Casts of text to days, times and moments depend on settings: no index may stand on them. These don't.
    public SqlExpression Day(SqlExpression text) => isSqlite ? Typed<DateOnly>(text) : Call<DateOnly>("make_date", Part(text, 1), Part(text, 2), Part(text, 3, '-'));

    public SqlExpression Time(SqlExpression text) => isSqlite ? Typed<TimeOnly>(text)
        : Call<TimeOnly>("make_time", Part(text, 1, ':'), Part(text, 2, ':'), Cast<double>(Split(text, 3, ':'), _double));

    public SqlExpression Instant(SqlExpression text) => isSqlite
        ? new SqlFunctionExpression("json_extract", ((SqlFunctionExpression)text).Arguments!, nullable: true, [false, false], typeof(DateTimeOffset), _micros)
        : Call<DateTimeOffset>("to_timestamp", new SqlBinaryExpression(ExpressionType.Divide, Cast<double>(text, _double), new SqlConstantExpression(1e6, _double), typeof(double), _double));

    private static SqlUnaryExpression Part(SqlExpression text, int place, char sign = '-') => Cast<int>(Split(text, place, sign), _int);

    private static SqlFunctionExpression Split(SqlExpression text, int place, char sign) =>
        Call<string>("split_part", text, new SqlConstantExpression(sign.ToString(), _text), new SqlConstantExpression(place, _int));

    private static SqlUnaryExpression Cast<T>(SqlExpression value, RelationalTypeMapping? mapping = null) => new(ExpressionType.Convert, value, typeof(T), mapping);

    // SQLite's own JSON value has the type already; only what EF Core reads it as is said.
    private static SqlFunctionExpression Typed<T>(SqlExpression text)
    {
        var call = (SqlFunctionExpression)text;
        return new(call.Name, call.Arguments!, nullable: true, [false, false], typeof(T), null);
    }

    private static SqlFunctionExpression Call<T>(string name, params SqlExpression[] arguments) =>
        new(name, arguments, nullable: true, arguments.Select(_ => false), typeof(T), typeof(T) == typeof(string) ? _text : null);
}
