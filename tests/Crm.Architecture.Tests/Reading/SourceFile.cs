namespace Crm.Architecture.Tests.Reading;

/// <summary>One file, by its path from the root with forward slashes. A bad sample in a test is one too.</summary>
internal sealed class SourceFile(string path, Func<string> read)
{
    private readonly Lazy<string> _text = new(read);
    private readonly Lazy<string> _code = new(() => CodeMask.Of(read()));

    public SourceFile(string path, string text) : this(path, () => text)
    {
    }

    public string Path => path;

    public string Name => path[(path.LastIndexOf('/') + 1)..];

    public string Folder => path[..Math.Max(0, path.LastIndexOf('/'))];

    public string Text => _text.Value;

    /// <summary>The C# text with comments and the contents of strings blanked: same length, same lines.</summary>
    public string Code => _code.Value;

    /// <summary>"path:line", which editors and terminals make a link of.</summary>
    public string At(int index) => $"{path}:{Text.AsSpan(0, index).Count('\n') + 1}";
}
