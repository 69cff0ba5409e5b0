using Crm.Testing;

namespace Crm.Kernel.Tests.Bulk;

/// <summary>On SQLite, where bulk acts go on only when a test takes the next step, a few rows each.</summary>
public sealed class SteppedSqliteHost : SqliteHost
{
    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string?> Settings => Steps.Settings;
}

/// <summary>On PostgreSQL, likewise.</summary>
public sealed class SteppedPostgresHost : PostgresHost
{
    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string?> Settings => Steps.Settings;
}

/// <summary>What both are told.</summary>
internal static class Steps
{
    public static Dictionary<string, string?> Settings { get; } = new() { ["Bulk:Work"] = "false", ["Bulk:MostRows"] = "2" };
}
