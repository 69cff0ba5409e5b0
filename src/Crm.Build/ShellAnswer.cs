namespace Crm.Build;

/// <summary>How a program ended and what it wrote to both its outputs.</summary>
internal sealed record ShellAnswer(int Code, string Text)
{
    public bool Worked => Code == 0;

    public string LastLine => Text.TrimEnd().Split('\n')[^1].Trim();
}
