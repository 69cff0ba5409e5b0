using System.Collections.Frozen;
using System.Globalization;

namespace Crm.Kernel.CustomFields;

/// <summary>The currencies that are in use somewhere, by ISO 4217 code, as the platform's own tables have them.</summary>
internal static class Currencies
{
    private static readonly FrozenSet<string> _codes = CultureInfo.GetCultures(CultureTypes.SpecificCultures)
        .Select(c => new RegionInfo(c.Name).ISOCurrencySymbol).Where(c => c.Length == 3 && c.All(char.IsAsciiLetterUpper)).ToFrozenSet(StringComparer.Ordinal);

    public static IReadOnlyList<string> All { get; } = [.. _codes.Order(StringComparer.Ordinal)];

    public static bool Has(string code) => _codes.Contains(code);

    /// <summary>Reads "12.50 EUR" or "EUR 12.50"; null where it is none.</summary>
    public static Abstractions.Records.Money? Read(string text)
    {
        var parts = text.Split([' ', '\u00a0', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 2)
            return null;
        var (number, code) = parts[^1].Length == 3 && parts[^1].All(char.IsAsciiLetter) ? (string.Concat(parts[..^1]), parts[^1]) : (string.Concat(parts[1..]), parts[0]);
        return code.Length == 3 && code.All(char.IsAsciiLetter) && Import.CellText.Number(number) is { } amount ? new(amount, code.ToUpperInvariant()) : null;
    }
}
