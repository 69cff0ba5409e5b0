namespace Crm.Kernel.Commands;

/// <summary>Every command but those that are servers themselves.</summary>
internal static class CommandList
{
    public static IReadOnlyList<CrmCommand> All { get; } =
    [
        new ImportCommand(),
        new MigrateCommand(),
        new VersionCommand(),
    ];

    public static CrmCommand? Find(string name) => All.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.Ordinal));
}
