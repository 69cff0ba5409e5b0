namespace Crm.Build;

/// <summary>One thing that tests need: whether it is here, and what to tell about it. Path is its program or folder.</summary>
internal sealed record Need(string Name, bool Met, string Says, string? Path = null)
{
    public override string ToString() => $"{(Met ? "ok     " : "MISSING")} {Name}: {Says}";
}
