using Crm.Abstractions.Records;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace Crm.Kernel.SignIn;

/// <summary>Puts what a verb found wrong beside the fields of a form.</summary>
internal static class RuleErrors
{
    /// <summary>A field's name begins small in the doors and large in the form: <c>email</c> stands at <c>Input.Email</c>.</summary>
    public static void Take(this ModelStateDictionary state, RuleViolation wrong, IStringLocalizer text, string prefix = "Input.")
    {
        foreach (var (field, message) in wrong.Said(text))
        {
            var last = field.Split('.')[^1];
            state.AddModelError(last.Length == 0 ? "" : prefix + char.ToUpperInvariant(last[0]) + last[1..], message);
        }
    }
}
