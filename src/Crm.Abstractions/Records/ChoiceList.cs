namespace Crm.Abstractions.Records;

/// <summary>Words to choose from that administrators may change: channels, outcomes, reasons.</summary>
/// <param name="Name">As <c>module.things</c>, such as <c>activities.channels</c>; never changed.</param>
/// <param name="Label">What the list is called on screen, in English.</param>
/// <param name="What">A sentence that says where it is chosen from, in English.</param>
/// <param name="Defaults">What it holds from the start.</param>
public sealed record ChoiceList(string Name, string Label, string What, params IReadOnlyList<FieldOption> Defaults)
{
    /// <summary>The class whose localiser translates label and defaults.</summary>
    public required Type Texts { get; init; }
}

/// <summary>The lists of words as administrators have them now.</summary>
public interface IChoices
{
    /// <summary>All words of a list in order, retired ones included.</summary>
    /// <param name="list">The list's name.</param>
    /// <exception cref="ArgumentException">No module has such a list.</exception>
    IReadOnlyList<FieldOption> Of(string list);
}
