using System.Data.Common;
using System.Runtime.CompilerServices;
using Crm.Abstractions.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Crm.Kernel.Data;

/// <summary>Writes new rows past the change tracker, tens of thousands a second, inside the unit that runs. Titles, documents and timeline are the caller's business.</summary>
internal sealed class BulkInsert(KernelDb db)
{
    /// <summary>Inserts records with their spine and parts, and plain rows, each table in the order given. Says how many rows that made.</summary>
    public async Task<int> RunAsync(IReadOnlyList<object> entities, CancellationToken ct)
    {
        var spines = entities.OfType<IRecord>().Select(object (r) => r.Spine).ToList();
        var parts = entities.OfType<IRecord>().SelectMany(r => PartsOf(r).Concat(r.Spine.Abouts)).ToList();
        var rows = 0;
        foreach (var table in spines.Concat(entities).Concat(parts).GroupBy(e => db.Model.FindEntityType(e.GetType())!))
            rows += await InsertAsync(table.Key, table, ct);
        return rows;
    }

    private IEnumerable<object> PartsOf(IRecord record) =>
        db.Model.FindEntityType(record.GetType())!.GetNavigations().Where(n => n.IsCollection && n.PropertyInfo is not null)
            .SelectMany(n => ((System.Collections.IEnumerable)n.PropertyInfo!.GetValue(record)!).Cast<object>());

    /// <summary>Inserts rows of one table in the order given.</summary>
    public async Task<int> InsertAsync(IEntityType type, IEnumerable<object> rows, CancellationToken ct)
    {
        var table = Table.Of(type);
        return db.IsSqlite
            ? await PreparedAsync(table, rows, ct)
            : await CopyAsync((NpgsqlConnection)db.Database.GetDbConnection(), table, rows, ct);
    }

    private async Task<int> PreparedAsync(Table table, IEnumerable<object> rows, CancellationToken ct)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = table.Insert;
        var columns = table.Columns;
        var parameters = new List<DbParameter>(columns.Count);
        for (var i = 0; i < columns.Count; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"$p{i}";
            command.Parameters.Add(parameter);
            parameters.Add(parameter);
        }

        var count = 0;
        foreach (var row in rows)
        {
            for (var i = 0; i < columns.Count; i++)
                parameters[i].Value = columns[i].Of(row) ?? DBNull.Value;
            count += await command.ExecuteNonQueryAsync(ct);
        }

        return count;
    }

    private static async Task<int> CopyAsync(NpgsqlConnection connection, Table table, IEnumerable<object> rows, CancellationToken ct)
    {
        await using var copy = await connection.BeginBinaryImportAsync(table.Copy, ct);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(ct);
            foreach (var column in table.Columns)
            {
                if (column.Of(row) is { } value)
                    await copy.WriteAsync(value, column.StoreType, ct);
                else
                    await copy.WriteNullAsync(ct);
            }
        }

        return (int)await copy.CompleteAsync(ct);
    }

    /// <summary>A table's columns and statements, put together once a model.</summary>
    private sealed class Table
    {
        private static readonly ConditionalWeakTable<IEntityType, Table> _known = [];

        private Table(IEntityType type)
        {
            var table = StoreObjectIdentifier.Table(type.GetTableName()!, type.GetSchema());
            Columns = type.GetProperties().Select(p => new Column(p, p.GetColumnName(table)!, type)).ToList();
            var names = string.Join(", ", Columns.Select(c => c.Name));
            Insert = $"INSERT INTO {table.Name} ({names}) VALUES ({string.Join(", ", Columns.Select((_, i) => $"$p{i}"))})";
            Copy = $"COPY {table.Name} ({names}) FROM STDIN (FORMAT BINARY)";
        }

        public IReadOnlyList<Column> Columns { get; }

        public string Insert { get; }

        public string Copy { get; }

        public static Table Of(IEntityType type) => _known.GetValue(type, t => new Table(t));
    }

    /// <summary>A column, and its value as the provider takes it.</summary>
    private sealed class Column(IProperty property, string name, IEntityType type)
    {
        private readonly RelationalTypeMapping _mapping = property.GetRelationalTypeMapping();
        private readonly object? _fixed = property.IsShadowProperty() && property == type.FindDiscriminatorProperty() ? type.GetDiscriminatorValue() : null;

        public string Name => $"\"{name}\"";

        public string StoreType => _mapping.StoreType;

        public object? Of(object row)
        {
            var value = property.IsShadowProperty() ? _fixed : property.GetGetter().GetClrValue(row);
            return value is not null && _mapping.Converter is { } converter ? converter.ConvertToProvider(value) : value;
        }
    }
}
