using Crm.Abstractions.Records;
using Crm.Kernel.SignIn;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Crm.Admin;

/// <summary>Runs a verb for a form: what it finds wrong stands beside the fields, and the answer says so.</summary>
internal static class Forms
{
    public static async Task<bool> TryAsync(this PageModel page, IStringLocalizer text, Func<Task> verb)
    {
        if (page.ModelState.IsValid)
        {
            try
            {
                await verb();
                return true;
            }
            catch (RuleViolation wrong)
            {
                page.ModelState.Take(wrong, text);
            }
        }

        page.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return false;
    }
}
