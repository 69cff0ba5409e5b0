using Crm.Kernel.Commands;
using Crm.Kernel.Data;

namespace Crm.Kernel.Backup;

/// <summary>The steps of a backup's schema, as this program knows them.</summary>
internal static class KnownSteps
{
    /// <exception cref="CommandFailure">The backup has a step that this program doesn't know.</exception>
    public static IReadOnlyList<PendingStep> Of(MigrationRunner migrations, IReadOnlyList<string> had)
    {
        var all = migrations.All();
        var known = all.Select(s => $"{s.Module}/{s.Name}").ToHashSet(StringComparer.Ordinal);
        if (had.FirstOrDefault(s => !known.Contains(s)) is { } foreign)
            throw new CommandFailure($"The backup knows the step '{foreign}' and this program does not: restore it with the version that made it, or a later one, and with the same modules.");
        return [.. all.Where(s => had.Contains($"{s.Module}/{s.Name}", StringComparer.Ordinal))];
    }
}

/// <summary>What both restores say.</summary>
internal static class RestoreText
{
    public const string InUse = "There is data already: give --force to replace it. Back it up first.";
}
