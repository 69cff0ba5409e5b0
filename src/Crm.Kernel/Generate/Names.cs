namespace Crm.Kernel.Generate;

/// <summary>Names and words of which believable data is made, from several of the languages that customers have.</summary>
internal sealed class Names(Random random)
{
    private static readonly string[] _first = Split("Anna Erik Ilze Jānis Linda Mārtiņš Rasa Tomas Ingrid Lars Karin Björn Elīna Kārlis Austėja Jonas Maria David Sarah James Emma Oliver Sofia Lucas Chloé Hugo Zofia Piotr Katarzyna Marek Aino Mikko Ülle Kristjan Mei Wei Jun Hana Yuki Kenji Fatima Omar Priya Arjun Lucia Mateo Nora Finn Clara Jakob");
    private static readonly string[] _last = Split("Bērziņa Ozols Kalniņš Liepa Jansons Petrauskas Kazlauskas Jankauskienė Žukauskas Andersson Johansson Lindqvist Bergström Nyström Smith Johnson Williams Brown Taylor Wilson Clark Müller Schmidt Schneider Fischer Weber Dubois Lefèvre Moreau Nowak Kowalski Wiśniewska Virtanen Korhonen Mäkinen Tamm Saar Rossi Ferrari García Martínez López Chen Wang Zhang Tanaka Suzuki Kim Park Nguyen Patel Singh Haddad Novák Horváth Jensen Hansen Larsen O'Brien Murphy");
    private static readonly string[] _firm = Split("Northern Baltic Silver Amber Harbour Granite Evergreen Meridian Atlas Beacon Cedar Delta Falcon Horizon Juniper Keystone Lumen Maple Nordic Orchard Pioneer Quartz Riverside Summit Tidal Union Vertex Willow Zenith Copper");
    private static readonly string[] _trade = Split("Logistics Timber Foods Marine Energy Textiles Systems Instruments Insurance Consulting Pharma Metals Printing Motors Optics Chemicals Paper Tools Software Construction Travel Dairy Glass Plastics Furniture");
    private static readonly string[] _form = Split("SIA UAB AB GmbH Ltd Inc Oy AS SA Group");
    private static readonly string[] _jobs = ["Buyer", "Managing director", "Head of purchasing", "Engineer", "Accountant", "Plant manager", "Sales manager", "Office manager", "Technician", "Project lead", "Head of marketing", "Controller"];
    private static readonly string[] _words = Split("the a of to and in for with on customer order delivery invoice contract meeting price offer called asked about new machine warranty service repair quality sample quantity discount payment agreed follow up next week month visit plant manager needs quotation technical drawing spare part pump valve bearing steel timber transport customs insurance complaint resolved waiting answer budget approved signed annual review training software licence renewal competitor interested market season stock urgent planned confirmed uzņēmums piegāde līgums rēķins saruna užsakymas sutartis pristatymas kund leverans avtal faktura möte 采购 合同 交货");

    public string First() => Pick(_first);

    public string Last() => Pick(_last);

    public string Job() => Pick(_jobs);

    public string Firm() => $"{Pick(_firm)} {Pick(_trade)} {random.Next(1, 10_000)} {Pick(_form)}";

    public string Subject() => Words(random.Next(2, 6));

    public string Sentence() => Words(random.Next(6, 45)) + ".";

    private string Words(int count)
    {
        var words = new string[count];
        for (var i = 0; i < words.Length; i++)
            words[i] = Pick(_words);
        words[0] = char.ToUpperInvariant(words[0][0]) + words[0][1..];
        return string.Join(' ', words);
    }

    private static string[] Split(string words) => words.Split(' ');

    private string Pick(string[] from) => from[random.Next(from.Length)];
}
