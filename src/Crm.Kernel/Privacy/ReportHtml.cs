using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Extensions.Localization;

namespace Crm.Kernel.Privacy;

/// <summary>Writes an access report as one file that any browser shows and prints, without anything from elsewhere.</summary>
internal static class ReportHtml
{
    private const string Looks = """
        body{font:15px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1d2433}
        h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem;border-bottom:1px solid #d5dae3}h3{font-size:1rem;margin-bottom:.25rem}
        dl{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;gap:.15rem 1rem;margin:0}dt{color:#5c667a}dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
        """;

    private static readonly HtmlEncoder _encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static byte[] Write(AccessReport report, IStringLocalizer l)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<!doctype html><html lang=\"{CultureInfo.CurrentUICulture.TwoLetterISOLanguageName}\"><head><meta charset=\"utf-8\"><title>{Text(report.Title)}</title><style>{Looks}</style></head><body>");
        page.Append(CultureInfo.InvariantCulture, $"<h1>{Text(l["What is kept about {0}", report.Title])}</h1>");
        page.Append(CultureInfo.InvariantCulture, $"<p>{Text(l["As of {0}, made by {1}.", report.At.ToString("f", CultureInfo.CurrentCulture), report.By])}</p>");
        foreach (var section in report.Sections)
        {
            page.Append(CultureInfo.InvariantCulture, $"<h2>{Text(section.Heading)}</h2>");
            foreach (var entry in section.Entries)
                Write(page, entry);
        }

        return Encoding.UTF8.GetBytes(page.Append("</body></html>").ToString());
    }

    private static void Write(StringBuilder page, ReportEntry entry)
    {
        if (entry.Title.Length > 0)
            page.Append(CultureInfo.InvariantCulture, $"<h3>{Text(entry.Title)}</h3>");
        page.Append("<dl>");
        foreach (var fact in entry.Facts)
            page.Append(CultureInfo.InvariantCulture, $"<dt>{Text(fact.Label)}</dt><dd>{Text(fact.Value)}</dd>");
        page.Append("</dl>");
    }

    private static string Text(string text) => _encoder.Encode(text);
}
