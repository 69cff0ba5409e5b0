using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Crm.Kernel.Data;

/// <summary>Which database, and where.</summary>
/// <param name="IsSqlite">SQLite, else PostgreSQL.</param>
/// <param name="ConnectionString">The provider's own.</param>
/// <param name="Directory">The data directory: database file, keys, logs, temporary files.</param>
public sealed record DatabaseOptions(bool IsSqlite, string ConnectionString, string Directory)
{
    /// <summary>Reads the settings; relative paths start where the command was typed.</summary>
    public static DatabaseOptions Read(IConfiguration configuration)
    {
        var directory = Path.GetFullPath(configuration["Data:Directory"] is { Length: > 0 } given ? given : "data");
        var provider = configuration["Database:Provider"] ?? "Sqlite";
        var connection = configuration["Database:ConnectionString"] is { Length: > 0 } said ? said : null;
        return provider.ToUpperInvariant() switch
        {
            "SQLITE" => new(true, connection ?? $"Data Source={Path.Combine(directory, "crm.db")};Pooling=True", directory),
            "POSTGRESQL" => new(false, Postgres(connection ?? throw new InvalidOperationException(
                "Database:Provider is PostgreSql, so set Database:ConnectionString to an Npgsql connection string.")), directory),
            _ => throw new InvalidOperationException($"Database:Provider is '{provider}': set it to Sqlite or PostgreSql."),
        };
    }

    // Every question here wants its first rows. Several workers look for them at once and each brings many that nobody asked for: a list of
    // fifty took six times as long; nor does it pay to compile one. Whoever sets options of his own has his.
    private static string Postgres(string connection)
    {
        NpgsqlConnectionStringBuilder said;
        try
        {
            said = new NpgsqlConnectionStringBuilder(connection);
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException)
        {
            throw new InvalidOperationException($"Database:ConnectionString can't be read: {wrong.Message}", wrong);
        }

        if (string.IsNullOrEmpty(said.Options))
            said.Options = "-c jit=off -c max_parallel_workers_per_gather=0";
        return said.ConnectionString;
    }
}
