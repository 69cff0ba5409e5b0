using System.Text.RegularExpressions;
using Crm.Architecture.Tests.Reading;

namespace Crm.Architecture.Tests.Pages;

/// <summary>What the Content-Security-Policy would silently switch off in a browser: inline script and style in any form.</summary>
internal static class StrictPolicy
{
    // The beginnings of the names of HTML's event attributes; "only", "once" and the like are none.
    private const string Events =
        "abort|after|animation|aux|before|blur|cancel|can|change|click|close|context|copy|cue|cut|dbl|drag|drop|duration|emptied|ended|error|" +
        "focus|form|full|got|hash|input|invalid|key|language|load|lost|message|mouse|offline|online|page|paste|pause|play|pointer|pop|progress|" +
        "rate|reset|resize|scroll|search|security|seek|select|show|slot|stalled|storage|submit|suspend|time|toggle|touch|transition|unhandled|" +
        "unload|volume|waiting|wheel";

    private static readonly (string Says, Regex Pattern)[] _rules =
    [
        ("a style attribute; use a class", Pattern(@"(?<![\w.-])style\s*=\s*[""'@]")),
        ("a <style> element; put it into a style sheet", Pattern(@"<style\b")),
        ("a script in the page; put it into a file and name it with src", Pattern(@"<script(?![^>]*\s(?:asp-)?src(?:-include)?\s*=)[^>]*>")),
        ("an event attribute; listen in a script file", Pattern($@"(?<![\w.-])on(?:{Events})\w*\s*=\s*[""'@]")),
        ("hx-on; listen in a script file", Pattern(@"\bhx-on\s*[:=-]")),
        ("a script in an attribute's value", Pattern(@"[""']\s*(?:javascript|js):")),
    ];

    private static readonly Regex _comments = Pattern(@"@\*.*?\*@|<!--.*?-->");

    public static IEnumerable<string> Check(SourceFile file)
    {
        var text = _comments.Replace(file.Text, found => Regex.Replace(found.Value, "[^\n]", " ", RegexOptions.None, TimeSpan.FromSeconds(5)));
        return from rule in _rules
               from found in rule.Pattern.Matches(text)
               select $"{file.At(found.Index)}: {rule.Says}";
    }

    private static Regex Pattern(string pattern) =>
        new(pattern, RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));
}
