using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace Crm.Abstractions.Data;

/// <summary>The columns of a table, in words that mean the right type on SQLite and on PostgreSQL.</summary>
/// <param name="table">The table.</param>
/// <param name="isSqlite">True on SQLite.</param>
public sealed class TableColumns(string table, bool isSqlite)
{
    private readonly List<AddColumnOperation> _columns = [];
    private readonly List<AddForeignKeyOperation> _foreignKeys = [];
    private string[] _key = [];

    /// <summary>A record's <c>id</c>: primary key, and foreign key to the spine.</summary>
    public void Record()
    {
        Key();
        Foreign("id", "core_record");
    }

    /// <summary>A UUID as the primary key.</summary>
    /// <param name="name">The column.</param>
    public void Key(string name = "id")
    {
        Id(name);
        PrimaryKey(name);
    }

    /// <summary>The primary key of several columns.</summary>
    /// <param name="names">The columns, in order.</param>
    public void PrimaryKey(params string[] names) => _key = names;

    /// <summary>A UUID.</summary>
    /// <param name="name">The column.</param>
    /// <param name="nullable">True where it may be missing.</param>
    public void Id(string name, bool nullable = false) => Add<Guid>(name, isSqlite ? "BLOB" : "uuid", nullable);

    /// <summary>A UUID that points to a row of another table.</summary>
    /// <param name="name">The column.</param>
    /// <param name="to">The table; the spine where not given.</param>
    /// <param name="nullable">True where it may be missing.</param>
    /// <param name="cascade">True where the row goes with the one it points to.</param>
    public void Reference(string name, string to = "core_record", bool nullable = false, bool cascade = false)
    {
        Id(name, nullable);
        Foreign(name, to, cascade);
    }

    /// <summary>A text of any length.</summary>
    /// <param name="name">The column.</param>
    /// <param name="nullable">True where it may be missing.</param>
    /// <param name="defaultValue">The value of rows that are there already.</param>
    public void Text(string name, bool nullable = false, string? defaultValue = null) =>
        Add<string>(name, isSqlite ? "TEXT" : "text", nullable, defaultValue);

    /// <summary>One JSON value: text on SQLite, <c>jsonb</c> on PostgreSQL.</summary>
    /// <param name="name">The column.</param>
    /// <param name="nullable">True where it may be missing.</param>
    public void Json(string name, bool nullable = false) => Add<string>(name, isSqlite ? "TEXT" : "jsonb", nullable);

    /// <summary>A whole number of 64 bits; money in ten-thousandths, rates in millionths.</summary>
    /// <param name="name">The column.</param>
    /// <param name="nullable">True where it may be missing.</param>
    /// <param name="defaultValue">The value of rows that are there already.</param>
    public void Number(string name, bool nullable = false, long? defaultValue = null) =>
        Add<long>(name, isSqlite ? "INTEGER" : "bigint", nullable, defaultValue);

    /// <summary>A whole number of 32 bits, or an enum.</summary>
    /// <param name="name">The column.</param>
    /// <param name="nullable">True where it may be missing.</param>
    /// <param name="defaultValue">The value of rows that are there already.</param>
    public void Small(string name, bool nullable = false, int? defaultValue = null) =>
        Add<int>(name, isSqlite ? "INTEGER" : "integer", nullable, defaultValue);

    /// <summary>A fractional number, as coordinates are.</summary>
    /// <param name="name">The column.</param>
    /// <param name="nullable">True where it may be missing.</param>
    public void Real(string name, bool nullable = false) => Add<double>(name, isSqlite ? "REAL" : "double precision", nullable);

    /// <summary>A moment (UTC): microseconds since 1970 on SQLite, <c>timestamptz</c> on PostgreSQL.</summary>
    /// <param name="name">The column.</param>
    /// <param name="nullable">True where it may be missing.</param>
    public void Instant(string name, bool nullable = false) =>
        Add<DateTimeOffset>(name, isSqlite ? "INTEGER" : "timestamp with time zone", nullable);

    /// <summary>A day.</summary>
    /// <param name="name">The column.</param>
    /// <param name="nullable">True where it may be missing.</param>
    public void Date(string name, bool nullable = false) => Add<DateOnly>(name, isSqlite ? "TEXT" : "date", nullable);

    /// <summary>A time of day.</summary>
    /// <param name="name">The column.</param>
    /// <param name="nullable">True where it may be missing.</param>
    public void Time(string name, bool nullable = false) => Add<TimeOnly>(name, isSqlite ? "TEXT" : "time without time zone", nullable);

    /// <summary>Yes or no.</summary>
    /// <param name="name">The column.</param>
    /// <param name="defaultValue">The value of rows that are there already.</param>
    public void YesNo(string name, bool? defaultValue = null) =>
        Add<bool>(name, isSqlite ? "INTEGER" : "boolean", nullable: false, defaultValue);

    /// <summary>Bytes.</summary>
    /// <param name="name">The column.</param>
    /// <param name="nullable">True where it may be missing.</param>
    public void Bytes(string name, bool nullable = false) => Add<byte[]>(name, isSqlite ? "BLOB" : "bytea", nullable);

    internal CreateTableOperation ToOperation()
    {
        var operation = new CreateTableOperation
        {
            Name = table,
            PrimaryKey = new AddPrimaryKeyOperation { Name = $"PK_{table}", Table = table, Columns = _key },
        };
        operation.Columns.AddRange(_columns);
        operation.ForeignKeys.AddRange(_foreignKeys);
        return operation;
    }

    internal IEnumerable<MigrationOperation> ToAddOperations() => isSqlite
        ? _columns.Select(c => _foreignKeys.Find(k => k.Columns[0] == c.Name) is { } key ? Pointing(c, key) : (MigrationOperation)c)
        : [.. _columns, .. _foreignKeys];

    // SQLite takes a foreign key only together with its column, for which EF Core has no operation.
    private static SqlOperation Pointing(AddColumnOperation column, AddForeignKeyOperation key) => column.IsNullable
        ? new()
        {
            Sql = $"""
                ALTER TABLE "{column.Table}" ADD COLUMN "{column.Name}" {column.ColumnType} NULL
                REFERENCES "{key.PrincipalTable}" ("{key.PrincipalColumns![0]}") ON DELETE {(key.OnDelete == ReferentialAction.Cascade ? "CASCADE" : "RESTRICT")}
                """,
        }
        : throw new NotSupportedException($"Rows that are there already have nothing for '{column.Name}' to point to: say nullable: true.");

    private AddColumnOperation Add<TClr>(string name, string type, bool nullable, object? defaultValue = null)
    {
        var column = new AddColumnOperation
        {
            Table = table,
            Name = name,
            ClrType = typeof(TClr),
            ColumnType = type,
            IsNullable = nullable,
            DefaultValue = defaultValue,
        };
        _columns.Add(column);
        return column;
    }

    private void Foreign(string column, string to, bool cascade = false) => _foreignKeys.Add(new AddForeignKeyOperation
    {
        Name = $"FK_{table}_{to}_{column}",
        Table = table,
        Columns = [column],
        PrincipalTable = to,
        PrincipalColumns = ["id"],
        OnDelete = cascade ? ReferentialAction.Cascade : ReferentialAction.Restrict,
    });
}
