namespace Crm.Kernel.Commands;

/// <summary>Every command but those that are servers themselves.</summary>
internal static class CommandList
{
    public static IReadOnlyList<CrmCommand> All { get; } =
    [
        new SetupCommand(),
        new ImportCommand(),
        new ExportCommand(),
        new GenerateCommand(),
        new BackupCommand(),
        new RestoreCommand(),
        new VerifyCommand(),
        new ReindexCommand(),
        new PurgeCommand(),
        new MigrateCommand(),
        new DepartmentAddCommand(),
        new UserAddCommand(),
        new UserListCommand(),
        new UserDisableCommand(),
        new UserResetPasswordCommand(),
        new TokenAddCommand(),
        new ModuleListCommand(),
        new ModuleSwitchCommand(isOn: true),
        new ModuleSwitchCommand(isOn: false),
        new JobsListCommand(),
        new JobsRunCommand(),
        new VersionCommand(),
    ];

    public static CrmCommand? Find(string name) => All.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.Ordinal));
}
