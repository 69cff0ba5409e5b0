namespace Crm.Kernel.Backup;

/// <summary>What a backup of PostgreSQL says about itself, as the last piece of its archive.</summary>
/// <param name="Format">1.</param>
/// <param name="Steps">The schema's steps as <c>module/step</c>.</param>
/// <param name="Tables">In the order in which they can be filled: whatever is pointed to comes first.</param>
internal sealed record Manifest(int Format, DateTimeOffset MadeAt, IReadOnlyList<string> Steps, IReadOnlyList<ManifestTable> Tables)
{
    public const int Current = 1;

    public const string Piece = "manifest.json";
}

/// <summary>One table of a backup.</summary>
/// <param name="Columns">In the order of the rows.</param>
/// <param name="Rows">How many there are.</param>
/// <param name="Hash">SHA-256 of its piece, as it was before compression.</param>
internal sealed record ManifestTable(string Name, IReadOnlyList<string> Columns, long Rows, string Hash)
{
    public string Piece => $"tables/{Name}.copy";
}
