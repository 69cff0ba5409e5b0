using Crm.Abstractions.Contacts;
using Crm.Abstractions.Records;
using Crm.Contacts.Organizations;
using Crm.Contacts.People;

namespace Crm.Contacts.Consents;

/// <summary>A consent as every door sees it.</summary>
internal sealed class ConsentRecord(TimeProvider clock) : RecordType<Consent>
{
    public static FieldOption[] Channels { get; } =
    [
        new(ConsentChannel.Email, "E-mail"), new(ConsentChannel.Phone, "Phone"), new("sms", "Text message"), new(ConsentChannel.Post, "Letter"),
        new(ConsentChannel.Message, "Instant message"), new(ConsentChannel.Visit, "Visit"), new("profiling", "Analysis of my data"),
    ];

    public static FieldOption[] States { get; } = [new(Consent.Given, "Given", "green"), new(Consent.Refused, "Refused", "red")];

    public override Consent Create(Guid? about) => Consent.Of(about, clock.GetUtcNow());

    public override IReadOnlyList<NaturalKey<Consent>> NaturalKeys { get; } = [ConsentKey.Words];

    public override void Check(Consent record)
    {
        if (record.RecordId == Guid.Empty)
            throw new RuleViolation("record", "Say whose consent this is.");
        if (!Channels.Any(c => string.Equals(c.Value, record.Channel, StringComparison.Ordinal)))
            throw new RuleViolation("channel", "Choose the channel.");
        if (record.State is not (Consent.Given or Consent.Refused))
            throw new RuleViolation("state", "Say whether it was given or refused.");
        if (string.IsNullOrWhiteSpace(record.Source))
            throw new RuleViolation("source", "Say where this was said: a form, a call, a letter.");
        if (record.At > clock.GetUtcNow().AddDays(1))
            throw new RuleViolation("at", "This is in the future.");
    }

    protected override void Describe(RecordDescription<Consent> it)
    {
        it.Named(Consent.KindName, "consents", "contacts").Shown("Consent", "Consents", "shield-check")
            .Allowed(ContactsPermissions.ViewContacts, ContactsPermissions.EditContacts, ContactsPermissions.DeleteContacts)
            .HangsOnRecord(partOfRecord: true).OnlyOn(Person.KindName, Organization.KindName).KeptWhenErased().WithoutPages();
        it.Link(c => c.RecordId, "record", Person.KindName, Organization.KindName).Label("Contact")
            .Headers("Person External ID", "Organization External ID").Required().Listed();
        // What was said is the proof and is not changed afterwards: whoever says otherwise says it anew, and what was noted by mistake goes into the bin.
        it.OneOf(c => c.Channel, Channels).Headers("Channel").Required().Listed().ByDeed(ContactsPermissions.Edit);
        it.OneOf(c => c.State, States).Headers("Consent", "State").Required().Listed().ByDeed(ContactsPermissions.Edit);
        it.Field(c => c.Source).Headers("Source").Required().Max(300).Listed().ByDeed(ContactsPermissions.Edit);
        it.Field(c => c.At).Label("When").Headers("At", "Date").Sortable().Listed().ByDeed(ContactsPermissions.Edit);
    }

    protected override string Title(Consent record) => $"{LabelOf(Channels, record.Channel)}: {LabelOf(States, record.State)}";

    public static string LabelOf(IEnumerable<FieldOption> options, string value) =>
        options.FirstOrDefault(o => string.Equals(o.Value, value, StringComparison.Ordinal))?.Label ?? value;
}
