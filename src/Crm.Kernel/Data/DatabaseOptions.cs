using Microsoft.Extensions.Configuration;

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
            "POSTGRESQL" => new(false, connection ?? throw new InvalidOperationException(
                "Database:Provider is PostgreSql, so set Database:ConnectionString to an Npgsql connection string."), directory),
            _ => throw new InvalidOperationException($"Database:Provider is '{provider}': set it to Sqlite or PostgreSql."),
        };
    }
}
