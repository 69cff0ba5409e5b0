using Npgsql;

namespace Crm.Kernel.Backup;

/// <summary>Our tables in PostgreSQL as the catalog has them; the scheduler's own are made anew by the server.</summary>
internal static class PostgresTables
{
    private const string Ours = "c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE 'qrtz\\_%' AND c.relname NOT IN ('core_migration', '" + Security.RightsVersion.Table + "')";

    /// <summary>Tables with their columns, whatever is pointed to first.</summary>
    public static async Task<List<(string Name, List<string> Columns)>> ReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var columns = await PairsAsync(
            connection, $"SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid WHERE {Ours} AND a.attnum > 0 AND NOT a.attisdropped ORDER BY c.relname, a.attnum", ct);
        var pointers = await PairsAsync(
            connection, $"SELECT c.relname, t.relname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid WHERE k.contype = 'f' AND {Ours} AND c.oid <> t.oid", ct);
        var open = columns.GroupBy(c => c.One, c => c.Other, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        var ordered = new List<(string, List<string>)>();
        while (open.Count > 0)
        {
            var next = open.Keys.Where(t => !pointers.Exists(p => p.One == t && open.ContainsKey(p.Other))).Order(StringComparer.Ordinal).ToList();
            if (next.Count == 0)
                throw new InvalidOperationException($"The tables {string.Join(", ", open.Keys)} point to each other.");
            foreach (var table in next)
            {
                ordered.Add((table, open[table]));
                open.Remove(table);
            }
        }

        return ordered;
    }

    public static async Task<List<(string One, string Other)>> PairsAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var pairs = new List<(string, string)>();
        while (await reader.ReadAsync(ct))
            pairs.Add((reader.GetString(0), reader.GetString(1)));
        return pairs;
    }

    public static async Task<long> NumberAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(ct), System.Globalization.CultureInfo.InvariantCulture);
    }

    public static string Copy(string table, IEnumerable<string> columns) => $"COPY \"{table}\" ({string.Join(", ", columns.Select(c => $"\"{c}\""))})";
}
