namespace Crm.Calendar.Events;

/// <summary>The words of the standard for what is a choice here.</summary>
internal static class Words
{
    public static readonly string[] Methods = ["PUBLISH", "REQUEST", "REPLY", "ADD", "CANCEL", "REFRESH", "COUNTER", "DECLINECOUNTER"];
    public static readonly string[] Statuses = ["TENTATIVE", "CONFIRMED", "CANCELLED"];
    public static readonly string[] Privacies = ["PUBLIC", "PRIVATE", "CONFIDENTIAL"];
    public static readonly string[] Answers = ["NEEDS-ACTION", "ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED"];
    public static readonly string[] Roles = ["REQ-PARTICIPANT", "OPT-PARTICIPANT", "CHAIR", "NON-PARTICIPANT"];
    public static readonly string[] Kinds = ["INDIVIDUAL", "GROUP", "RESOURCE", "ROOM", "UNKNOWN"];

    /// <summary>The place of a word, or -1.</summary>
    public static int Place(string[] words, string? word)
    {
        var trimmed = word?.Trim();
        return Array.FindIndex(words, known => known.Equals(trimmed, StringComparison.OrdinalIgnoreCase));
    }
}
