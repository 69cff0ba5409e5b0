using System.Globalization;
using Crm.Abstractions.Records;

namespace Crm.Kernel.Records;

/// <summary>A field's value as plain text, the same in every door that writes text.</summary>
internal static class FieldText
{
    /// <summary>For the search document: words only.</summary>
    public static string Searchable(RecordField field, object? value) => value switch
    {
        null => "",
        string text when field.Kind == FieldKind.OneOf => field.Options.FirstOrDefault(o => string.Equals(o.Value, text, StringComparison.Ordinal))?.Label ?? text,
        string text => text,
        IReadOnlyList<ValueEntry> values => string.Join(' ', values.Select(v => v.Value)),
        IReadOnlyList<string> words => string.Join(' ', words.Select(w => field.Options.FirstOrDefault(o => string.Equals(o.Value, w, StringComparison.Ordinal))?.Label ?? w)),
        bool => "",
        Guid => "",
        _ => Plain(value),
    };

    /// <summary>For files and the audit: culture-free, read back by the same door.</summary>
    public static string Plain(object? value) => value switch
    {
        null => "",
        bool yes => yes ? "yes" : "no",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString(time.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture),
        DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        IReadOnlyList<ValueEntry> values => string.Join("; ", values.Select(v => v.Value)),
        IReadOnlyList<string> words => string.Join("; ", words),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
