using Crm.Abstractions.Records;

namespace Crm.Kernel.CustomFields.Formulas;

/// <summary>A formula that was read: it gives a number, a text, a date or yes or no, of the values of other fields; nothing of nothing.</summary>
/// <param name="Gives">What comes out.</param>
/// <param name="Reads">The names of the fields that it asks for.</param>
/// <param name="Of">The value, by the values of fields.</param>
internal sealed record Formula(FieldKind Gives, IReadOnlySet<string> Reads, Func<Func<string, object?>, object?> Of)
{
    /// <summary>The longest text that comes out.</summary>
    public const int MaxText = 500;

    /// <summary>The value; nothing where a number leaves its bounds.</summary>
    public object? Compute(Func<string, object?> read)
    {
        try
        {
            return Of(read) switch
            {
                decimal number when Math.Abs(number) > CustomFieldRules.MostNumber => null,
                decimal number => Kept(number),
                string text => text.Length <= MaxText ? text : text[..(char.IsHighSurrogate(text[MaxText - 1]) ? MaxText - 1 : MaxText)],
                var value => value,
            };
        }
        catch (Exception failure) when (failure is OverflowException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    // Fifteen digits in all, as every number of a custom field.
    private static decimal Kept(decimal number)
    {
        var whole = Math.Truncate(Math.Abs(number)).ToString("0", System.Globalization.CultureInfo.InvariantCulture).Length;
        return decimal.Round(number, Math.Clamp(15 - whole, 0, 6));
    }
}

/// <summary>A formula that can't be read.</summary>
internal sealed class BadFormula(string message, int position) : Exception($"{message} (at character {position})");
