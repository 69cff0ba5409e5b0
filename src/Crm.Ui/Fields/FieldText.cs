using System.Collections;
using System.Globalization;

namespace Crm.Ui.Fields;

/// <summary>How a value is written into an input, whose formats HTML fixes whatever the reader's culture.</summary>
internal static class FieldText
{
    public static string[] Of(object? value, string type) => value switch
    {
        null => [],
        string text => [text],
        IEnumerable many => [.. many.Cast<object?>().Select(one => One(one, type))],
        _ => [One(value, type)],
    };

    public static string InputType(Type type) =>
        type == typeof(bool) ? "checkbox"
        : type == typeof(DateOnly) ? "date"
        : type == typeof(TimeOnly) ? "time"
        : type == typeof(DateTime) || type == typeof(DateTimeOffset) ? "datetime-local"
        : type == typeof(int) || type == typeof(long) ? "number"
        : type == typeof(decimal) ? "money"
        : typeof(Microsoft.AspNetCore.Http.IFormFile).IsAssignableFrom(type) ? "file"
        : "text";

    private static string One(object? value, string type) => value switch
    {
        null => "",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        DateTime at => at.ToString(type == "date" ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture),
        DateTimeOffset at => at.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture),
        bool yes => yes ? "true" : "false",
        Enum choice => choice.ToString(),
        int or long => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        // An amount is typed as the reader writes it: its input is text, and binds by the reader's culture.
        IFormattable number => number.ToString(null, CultureInfo.CurrentCulture),
        _ => value.ToString() ?? "",
    };
}
