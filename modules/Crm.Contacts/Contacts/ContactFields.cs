using Crm.Abstractions.Records;
using Crm.Contacts.Consents;
using Crm.Contacts.Phones;

namespace Crm.Contacts.Contacts;

/// <summary>The fields that people and organisations share, described once for both.</summary>
internal static class ContactFields
{
    private const string Reach = "How to reach";

    private static readonly FieldOption[] _statuses =
        [new("prospect", "Prospect", "blue"), new("customer", "Customer", "green"), new("former", "Former customer", "gray"), new("none", "No customer", "gray")];

    private static readonly FieldOption[] _classes = [new("A", "A", "green"), new("B", "B", "blue"), new("C", "C", "gray"), new("D", "D", "gray")];

    private static readonly FieldOption[] _kinds =
        [new("supplier", "Supplier"), new("association", "Association"), new("event", "Event"), new("network", "Network"), new("competitor", "Competitor"), new("press", "Press")];

    private static readonly FieldOption[] _phones = Kinds("work", "mobile", "home", "main", "assistant", "fax", "other");
    private static readonly FieldOption[] _emails = Kinds("work", "home", "other");
    private static readonly FieldOption[] _webs = [.. Kinds("work", "home"), new("form", "Contact form"), new("blog", "Blog"), new("other", "Other")];

    private static readonly FieldOption[] _handles =
    [
        new("twitter", "X (Twitter)"), new("linkedin", "LinkedIn"), new("facebook", "Facebook"), new("instagram", "Instagram"), new("youtube", "YouTube"),
        new("mastodon", "Mastodon"), new("whatsapp", "WhatsApp"), new("telegram", "Telegram"), new("signal", "Signal"), new("wechat", "WeChat"), new("other", "Other"),
    ];

    public static string NameOf(PointType type) => type switch
    {
        PointType.Phone => "phones",
        PointType.Email => "emails",
        PointType.Web => "webs",
        _ => "handles",
    };

    /// <summary>Standing: status, class, kinds, tags.</summary>
    public static void Standing<T>(RecordDescription<T> it)
        where T : Contact
    {
        const string Group = "Standing";
        it.OneOf(c => c.Status, _statuses).Headers("Status", "Customer Status").Under(Group).Listed().KeyFact();
        it.OneOf(c => c.Classification, _classes).Label("Class").Headers("Class", "Classification", "Category").Under(Group).Listed().KeyFact();
        Words(it, ContactTag.KindList).Label("Business contact as").Options(_kinds).Headers("Contact Kinds", "Contact Type").Under(Group);
        Words(it, ContactTag.Free).Label("Tags").Headers("Tags", "Categories", "Keywords").Searchable().Personal().Under(Group);
        it.LongText(c => c.SpecialNeeds).Label("Special needs", "Shown on top of the page, to everybody who deals with this customer").Max(2000)
            .Headers("Special Needs").Searchable().Personal().Banner().Under(Group);
    }

    /// <summary>Phones, e-mail addresses, web pages and handles.</summary>
    public static void Reachable<T>(RecordDescription<T> it, PhoneCountry country)
        where T : Contact
    {
        // Phones go into the search document in several notations: see ContactTexts.
        Points(it, PointType.Phone, country).Options(_phones).Input("tel").ShownAs(PhoneNumbers.Show).Headers(Headings(
            ("Business Phone", "work"), ("Business Phone 2", "work"), ("Work Phone", "work"), ("Mobile Phone", "mobile"), ("Mobile", "mobile"),
            ("Home Phone", "home"), ("Phone", "main"), ("Primary Phone", "main"), ("Company Main Phone", "main"), ("Telephone", "main"),
            ("Assistant's Phone", "assistant"), ("Business Fax", "fax"), ("Fax", "fax"), ("Home Fax", "fax"), ("Other Phone", "other"))).Listed();
        Points(it, PointType.Email, country).Label("E-mails").Options(_emails).Input("email").Searchable().Headers(Headings(
            ("E-mail Address", "work"), ("E-mail", "work"), ("Email", "work"), ("Email Address", "work"), ("Business Email", "work"),
            ("E-mail 2 Address", "other"), ("E-mail 3 Address", "other"), ("Home Email", "home"), ("Personal Email", "home"))).Listed();
        Points(it, PointType.Web, country).Label("Web pages").Options(_webs).Input("url").Searchable().Headers(Headings(
            ("Web Page", "work"), ("Website", "work"), ("URL", "work"), ("Personal Web Page", "home"), ("Contact Form", "form"), ("Blog", "blog")));
        Points(it, PointType.Handle, country).Label("Social networks").Options(_handles).Searchable().Headers(Headings(
            ("Twitter", "twitter"), ("X", "twitter"), ("LinkedIn", "linkedin"), ("Facebook", "facebook"), ("Instagram", "instagram"), ("YouTube", "youtube"),
            ("Mastodon", "mastodon"), ("WhatsApp", "whatsapp"), ("Telegram", "telegram"), ("Signal", "signal"), ("WeChat", "wechat")));
        it.ManyOf(
            "consents",
            // Of two answers of one moment the later noted counts, as in ConsentsNow.
            c => c.Consents.Where(s => s.State == Consent.Given && s.Spine.DeletedAt == null
                && !c.Consents.Any(n => n.Channel == s.Channel && n.Spine.DeletedAt == null && (n.At > s.At || (n.At == s.At && n.Id.CompareTo(s.Id) > 0)))).Select(s => s.Channel),
            c => ConsentsNow.Given(c.Consents)).Label("May be contacted by").Options(ConsentRecord.Channels).Under(Reach);
    }

    /// <summary>What every contact is loaded with, and the deeds of both.</summary>
    public static void Common<T>(RecordDescription<T> it)
        where T : Contact
    {
        it.LongText(c => c.Description).Headers("Description", "Notes").Searchable().Personal().Under("About");
        it.Loads(nameof(Contact.Points)).Loads(nameof(Contact.Tags)).Loads($"{nameof(Contact.Consents)}.{nameof(Consent.Spine)}");
        it.Deed<Designate>("designate", "Name who may contact", "user-shield", ContactsPermissions.DesignateContacts, Designate.User);
        it.Deed<Undesignate>("undesignate", "Take off who may contact", "user-minus", ContactsPermissions.DesignateContacts, Designate.Former);
    }

    public static FieldBuilder<T> Points<T>(RecordDescription<T> it, PointType type, PhoneCountry country)
        where T : Contact =>
        it.Values(
            NameOf(type),
            c => c.Points.Where(p => p.Type == type).Select(p => p.Value),
            c => c.Values(type),
            (c, entries) => c.SetValues(type, entries, country.Site)).Personal().Under(Reach);

    private static FieldBuilder<T> Words<T>(RecordDescription<T> it, string list)
        where T : Contact =>
        it.ManyOf(list, c => c.Tags.Where(t => t.List == list).Select(t => t.Word), c => c.Words(list), (c, words) => c.SetWords(list, words));

    private static FieldOption[] Kinds(params string[] values) => [.. values.Select(v => new FieldOption(v, char.ToUpperInvariant(v[0]) + v[1..]))];

    private static Dictionary<string, string> Headings(params (string Heading, string Kind)[] headings) =>
        headings.ToDictionary(h => h.Heading, h => h.Kind, StringComparer.OrdinalIgnoreCase);
}
