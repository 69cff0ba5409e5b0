using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Crm.Activities;

/// <summary>What stands at a field of a form.</summary>
internal static class FormErrors
{
    /// <summary>The first thing that is wrong with a field, or null.</summary>
    public static string? First(this ModelStateDictionary state, string field) =>
        state.TryGetValue(field, out var entry) && entry.Errors.Count > 0 ? entry.Errors[0].ErrorMessage : null;
}
