using Crm.Abstractions.Records;

namespace Crm.Activities;

/// <summary>The words that administrators may change.</summary>
internal static class ActivitiesLists
{
    public const string Phone = "phone";
    public const string Email = "email";

    public static ChoiceList Channels { get; } = new(
        "activities.channels", "Channels", "How customers are contacted.",
        Word("in-person", "In person", "users"),
        Word(Phone, "Phone", "phone"),
        Word(Email, "E-mail", "mail"),
        Word("letter", "Letter", "mailbox"),
        Word("call-centre", "Call centre", "headset"),
        Word("fax", "Fax", "printer"),
        Word("web", "Web", "world"),
        Word("message", "Instant message", "message-circle"),
        Word("event", "Event", "calendar-event")) { Texts = typeof(ActivitiesText) };

    public static ChoiceList Outcomes { get; } = new(
        "activities.outcomes", "Outcomes of contacts", "How a contact went.",
        Word("reached", "Reached", "check"),
        Word("not-reached", "Not reached", "phone-off"),
        Word("left-message", "Left a message", "message"),
        Word("call-back", "Wants to be called back", "phone-incoming"),
        Word("interested", "Interested", "thumb-up"),
        Word("not-interested", "Not interested", "thumb-down")) { Texts = typeof(ActivitiesText) };

    public static ChoiceList Results { get; } = new(
        "activities.results", "Results of contacts", "What a contact brought, with its amount.",
        Word("assets", "Assets gathered", "coins"),
        Word("mandate", "Mandate won", "certificate"),
        Word("sale", "Sale agreed", "shopping-cart"),
        Word("renewal", "Contract renewed", "refresh")) { Texts = typeof(ActivitiesText) };

    private static FieldOption Word(string value, string label, string icon) => new(value, label) { Icon = icon };
}
