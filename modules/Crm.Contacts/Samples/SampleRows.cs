using Crm.Abstractions.Security;

namespace Crm.Contacts.Samples;

/// <summary>An organisation of the sample.</summary>
internal sealed record SampleOrganization(string Name, string Domain, string Industry, int Employees, string Phone, string Street, string PostalCode, string City, string Country)
{
    public string Status { get; init; } = "customer";

    public string Classification { get; init; } = "B";

    public string Owner { get; init; } = ReadyRoles.Sales;

    public string[] Kinds { get; init; } = [];

    /// <summary>The organisation that it is a part of, by its place in the list.</summary>
    public int? Parent { get; init; }
}

/// <summary>A person of the sample.</summary>
/// <param name="Employer">The employer's place in the list of organisations, or null.</param>
internal sealed record SamplePerson(string First, string Last, int? Employer, string Title, string Email, string Phone)
{
    public string? FullName { get; init; }

    public string Language { get; init; } = "en";

    public string Status { get; init; } = "customer";

    public string Classification { get; init; } = "B";

    public string Owner { get; init; } = ReadyRoles.Sales;

    public string[] Tags { get; init; } = [];

    public string? SpecialNeeds { get; init; }

    public DateOnly? Birthday { get; init; }

    /// <summary>Street, postal code, city and country of the home.</summary>
    public string[] Home { get; init; } = [];
}

/// <summary>The customers of a small company that lends and repairs coffee machines. All of it is invented; hosts and numbers are such as reach nobody.</summary>
internal static class SampleRows
{
    public static IReadOnlyList<SampleOrganization> Organizations { get; } =
    [
        new("Daugavas Loģistika", "daugavas-logistika.example", "Transport", 85, "+371 67000101", "Katlakalna iela 900", "LV-1073", "Rīga", "LV") { Classification = "A" },
        new("Bērzu Maiznīca", "berzu-maiznica.example", "Food", 24, "+371 67000102", "Tirgus iela 190", "LV-3401", "Liepāja", "LV"),
        new("Nemuno Tekstilė", "nemuno-tekstile.example", "Textiles", 140, "+370 37000103", "Pramonės pr. 990", "LT-51230", "Kaunas", "LT") { Classification = "A", Owner = ReadyRoles.PeopleManager },
        new("Sjöstad Byggvaror", "sjostad-bygg.example", "Building materials", 60, "+46 31 390 06 01", "Hamngatan 480", "411 06", "Göteborg", "SE"),
        new("Sjöstad Byggvaror Malmö", "sjostad-bygg.example", "Building materials", 12, "+46 40 628 04 01", "Verkstadsgatan 290", "211 42", "Malmö", "SE") { Parent = 3, Status = "prospect", Classification = "C" },
        new("Falk & Linden Architekten", "falk-linden.example", "Architecture", 18, "+49 40 66969 101", "Am Alten Kai 410", "20457", "Hamburg", "DE") { Status = "prospect" },
        new("晨光贸易有限公司", "chenguang-maoyi.example", "Wholesale", 35, "+86 21 5550 0106", "滨江路 980 号", "200120", "上海", "CN") { Owner = ReadyRoles.PeopleManager, Kinds = ["supplier"] },
        new("Baltijas Kafijas biedrība", "kafijas-biedriba.example", "Association", 6, "+371 67000108", "Skolas iela 770", "LV-1010", "Rīga", "LV") { Status = "none", Classification = "D", Owner = ReadyRoles.Marketing, Kinds = ["association", "network"] },
    ];

    public static IReadOnlyList<SamplePerson> People { get; } =
    [
        new("Līga", "Bērziņa", 0, "Office manager", "liga.berzina", "+371 20000201") { Language = "lv", Classification = "A", Tags = ["VIP", "Newsletter"], Birthday = new(1984, 6, 23), Home = ["Ķīpsalas iela 400", "LV-1048", "Rīga", "LV"] },
        new("Jānis", "Bērziņš", 1, "Head baker", "janis.berzins", "+371 20000202") { Language = "lv", Birthday = new(1981, 11, 8), Home = ["Ķīpsalas iela 400", "LV-1048", "Rīga", "LV"] },
        new("Andris", "Kalniņš", 0, "Warehouse lead", "andris.kalnins", "+371 20000203") { Language = "lv", SpecialNeeds = "Hard of hearing: please write instead of calling." },
        new("Māra", "Ozola", 0, "Accountant", "mara.ozola", "+371 20000204") { Language = "lv", Owner = ReadyRoles.Service, Tags = ["Invoices"] },
        new("Edgars", "Krūmiņš", 1, "Owner", "edgars.krumins", "+371 20000205") { Language = "lv", Classification = "A", Tags = ["Fair 2026"] },
        new("Dace", "Šteinberga", 7, "Secretary", "dace.steinberga", "+371 20000206") { Language = "lv", Status = "none", Classification = "D", Owner = ReadyRoles.Marketing },
        new("Pēteris", "Žagars", 7, "Chairman", "peteris.zagars", "+371 20000207") { Language = "lv", Status = "none", Owner = ReadyRoles.Marketing, Tags = ["Speaker"] },
        new("Jūratė", "Kazlauskienė", 2, "Head of purchasing", "jurate.kazlauskiene", "+370 600 00208") { Language = "lt", Classification = "A", Owner = ReadyRoles.PeopleManager, Tags = ["VIP"], Birthday = new(1976, 2, 16) },
        new("Mindaugas", "Žukauskas", 2, "Plant engineer", "mindaugas.zukauskas", "+370 600 00209") { Language = "lt", Owner = ReadyRoles.Service },
        new("Eglė", "Stankevičiūtė", 2, "Office manager", "egle.stankeviciute", "+370 600 00210") { Language = "lt", Owner = ReadyRoles.PeopleManager, Tags = ["Newsletter"] },
        new("Vytautas", "Čepaitis", null, "", "vytautas.cepaitis", "+370 600 00211") { Language = "lt", Status = "former", Classification = "C", Home = ["Ąžuolų g. 370", "LT-92114", "Klaipėda", "LT"] },
        new("Åsa", "Björklund", 3, "Managing director", "asa.bjorklund", "+46 70 174 06 12") { Language = "sv", Classification = "A", Tags = ["VIP", "Golf"], Birthday = new(1969, 9, 30) },
        new("Örjan", "Sjöström", 3, "Site manager", "orjan.sjostrom", "+46 70 174 06 13") { Language = "sv", Owner = ReadyRoles.Service },
        new("Märta", "Ek", 4, "Shop manager", "marta.ek", "+46 70 174 06 14") { Language = "sv", Status = "prospect", Classification = "C", Tags = ["Fair 2026"] },
        new("Lars", "Nyqvist", 4, "Buyer", "lars.nyqvist", "+46 70 174 06 15") { Language = "sv", Status = "prospect", Classification = "C" },
        new("Henrike", "Falk", 5, "Partner", "henrike.falk", "+49 40 66969 216") { Language = "de", Status = "prospect", Tags = ["Design"] },
        new("Jörg", "Linden", 5, "Partner", "joerg.linden", "+49 40 66969 217") { Language = "de", Status = "prospect" },
        new("Célia", "Moreau", 5, "Interior designer", "celia.moreau", "+49 40 66969 218") { Language = "fr", Status = "prospect", Classification = "C", Tags = ["Design", "Newsletter"] },
        new("伟", "王", 6, "总经理", "wang.wei", "+86 139 0000 0219") { FullName = "王伟", Language = "zh", Classification = "A", Owner = ReadyRoles.PeopleManager, Tags = ["VIP"] },
        new("丽娜", "陈", 6, "采购经理", "chen.lina", "+86 139 0000 0220") { FullName = "陈丽娜", Language = "zh", Owner = ReadyRoles.PeopleManager },
        new("建国", "刘", 6, "仓库主管", "liu.jianguo", "+86 139 0000 0221") { FullName = "刘建国", Language = "zh", Classification = "C", Owner = ReadyRoles.Service },
        new("Ieva", "Liepiņa", null, "Café owner", "ieva.liepina", "+371 20000222") { Language = "lv", Tags = ["Newsletter"], Home = ["Jūras iela 560", "LV-2015", "Jūrmala", "LV"] },
        new("Oskars", "Vītols", null, "Event organiser", "oskars.vitols", "+371 20000223") { Language = "lv", Status = "prospect", Classification = "C", Owner = ReadyRoles.Marketing, Tags = ["Fair 2026", "Speaker"] },
        new("Søren", "Kjær", null, "Roaster", "soren.kjaer", "+45 20 00 02 24") { Language = "da", Status = "none", Owner = ReadyRoles.Marketing, Tags = ["Beans"] },
        new("Maeve", "O’Donnell", null, "Journalist", "maeve.odonnell", "+353 20 910 0225") { Status = "none", Classification = "D", Owner = ReadyRoles.Marketing, Tags = ["Press"] },
    ];

    /// <summary>Who stands how to whom, beside who works where: two places in the list of people and a type.</summary>
    public static IReadOnlyList<(int From, int To, string Type)> Between { get; } =
        [(0, 1, "household"), (0, 1, "spouse"), (15, 16, "partner"), (21, 4, "referredBy"), (13, 11, "referredBy")];
}
