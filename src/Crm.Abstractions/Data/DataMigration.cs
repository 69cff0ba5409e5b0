using Microsoft.EntityFrameworkCore.Migrations;

namespace Crm.Abstractions.Data;

/// <summary>A module's schema: an explicit ordered list of named steps, one set for both databases. Steps only add; a name once released never changes.</summary>
public abstract class DataMigration
{
    private List<MigrationStep>? _steps;

    /// <summary>The steps, in order.</summary>
    public IReadOnlyList<MigrationStep> Steps
    {
        get
        {
            if (_steps is null)
            {
                _steps = [];
                Build();
            }

            return _steps;
        }
    }

    /// <summary>Lists the steps by calling <see cref="Step"/>.</summary>
    protected abstract void Build();

    /// <summary>Adds a step.</summary>
    /// <param name="name">Its name, unique in the module, never changed.</param>
    /// <param name="apply">Says what it does.</param>
    protected void Step(string name, Action<SchemaChange> apply) => _steps!.Add(new MigrationStep(name, apply));
}

/// <summary>One named step.</summary>
/// <param name="Name">Unique in the module.</param>
/// <param name="Apply">Says what it does.</param>
public sealed record MigrationStep(string Name, Action<SchemaChange> Apply);

/// <summary>What a step changes, in the kernel's column words, which mean the right type on both databases.</summary>
/// <param name="migration">EF Core's builder, for what has no word here.</param>
/// <param name="isSqlite">True on SQLite, false on PostgreSQL.</param>
public sealed class SchemaChange(MigrationBuilder migration, bool isSqlite)
{
    /// <summary>EF Core's builder.</summary>
    public MigrationBuilder Migration { get; } = migration;

    /// <summary>True on SQLite, false on PostgreSQL.</summary>
    public bool IsSqlite { get; } = isSqlite;

    /// <summary>Creates a table.</summary>
    /// <param name="name">Its name, beginning with the module's word.</param>
    /// <param name="columns">Lists the columns.</param>
    public void Table(string name, Action<TableColumns> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var table = new TableColumns(name, IsSqlite);
        columns(table);
        Migration.Operations.Add(table.ToOperation());
    }

    /// <summary>Adds columns to a table.</summary>
    /// <param name="name">The table.</param>
    /// <param name="columns">Lists the columns; each nullable or with a default.</param>
    public void Columns(string name, Action<TableColumns> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var table = new TableColumns(name, IsSqlite);
        columns(table);
        Migration.Operations.AddRange(table.ToAddOperations());
    }

    /// <summary>Creates an index.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">Its columns, in order.</param>
    /// <param name="unique">True where no two rows may be alike.</param>
    /// <param name="where">A condition in SQL that both databases read, or null.</param>
    public void Index(string table, string[] columns, bool unique = false, string? where = null)
    {
        ArgumentNullException.ThrowIfNull(columns);
        Migration.CreateIndex($"IX_{table}_{string.Join('_', columns)}", table, columns, unique: unique, filter: where);
    }

    /// <summary>Runs SQL of each database's own.</summary>
    /// <param name="sqlite">For SQLite; empty for nothing.</param>
    /// <param name="postgres">For PostgreSQL; empty for nothing.</param>
    public void Sql(string sqlite, string postgres)
    {
        var sql = IsSqlite ? sqlite : postgres;
        if (sql.Length > 0)
            Migration.Sql(sql);
    }
}
