namespace Crm.Kernel.WordLists;

/// <summary>A word of a list, as an administrator has it.</summary>
internal sealed class Choice
{
    /// <summary>The list's name.</summary>
    public string List { get; init; } = "";

    /// <summary>What records and the API have; never changed.</summary>
    public string Value { get; init; } = "";

    public string Label { get; set; } = "";

    public string? Icon { get; set; }

    public string? Colour { get; set; }

    public int Rank { get; set; }

    /// <summary>Not offered any more since; null while it is.</summary>
    public DateTimeOffset? RetiredAt { get; set; }
}
