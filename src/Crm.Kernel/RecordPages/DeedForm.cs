using Crm.Abstractions.Records;
using Microsoft.AspNetCore.Http;

namespace Crm.Kernel.RecordPages;

/// <summary>Reads what a deed is told from a form.</summary>
internal static class DeedForm
{
    /// <exception cref="RuleViolation">Something is missing or can't be read.</exception>
    public static IReadOnlyDictionary<string, object?> Read(Deed deed, IFormCollection form, string prefix, TimeZoneInfo zone)
    {
        var (values, errors) = (new Dictionary<string, object?>(StringComparer.Ordinal), new Dictionary<string, string[]>(StringComparer.Ordinal));
        foreach (var input in deed.Inputs)
        {
            string[] raw = [.. form[prefix + input.Name].Select(v => (v ?? "").Trim()).Where(v => v.Length > 0)];
            if (raw.Length == 0 && input.IsRequired && input.Kind != FieldKind.YesNo)
                errors[input.Name] = ["This must be filled in."];
            else if (FieldInput.TryRead(input.Kind, raw, zone, out var value, out var wrong))
                values[input.Name] = value;
            else
                errors[input.Name] = [wrong];
        }

        return errors.Count == 0 ? values : throw new RuleViolation(errors);
    }
}
