namespace Crm.Architecture.Tests.Projects;

/// <summary>One project reference: the project's path from the root, and how it was written.</summary>
internal sealed record ProjectLink(string Path, string Written)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string Room => Path.Split('/')[0];

    public bool ByGlob => Written.Contains('*', StringComparison.Ordinal);
}
