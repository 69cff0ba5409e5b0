using System.Data.Common;

namespace Crm.Kernel.Search;

/// <summary>Plain commands on the data's own connection.</summary>
internal static class Commands
{
    public static DbCommand Command(this DbConnection connection, DbTransaction? transaction, string sql)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        return command;
    }

    public static DbParameter Add(this DbCommand command, string name, object? value = null)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
        return parameter;
    }

    /// <summary>Gives a parameter of a command that runs many times its next value.</summary>
    public static void Set(this DbCommand command, string name, object? value)
    {
        if (command.Parameters.Contains(name))
            command.Parameters[name].Value = value ?? DBNull.Value;
        else
            command.Add(name, value);
    }

    public static async Task RunAsync(
        this DbConnection connection, DbTransaction? transaction, string sql, CancellationToken ct)
    {
        await using var command = connection.Command(transaction, sql);
        await command.ExecuteNonQueryAsync(ct);
    }

    public static async Task<long> CountAsync(this DbConnection connection, string sql, CancellationToken ct)
    {
        await using var command = connection.Command(null, sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(ct));
    }
}
