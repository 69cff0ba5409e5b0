using System.Diagnostics;
using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Hosting;
using Crm.Kernel.Records;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Crm.Kernel.SignIn;

/// <summary>Says what went wrong: a page for people, problem+json for the API and for htmx. Whatever the method of the request that failed.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
internal sealed class ErrorModel(IStringLocalizer<SignInText> text) : PageModel
{
    public ErrorPage Shown { get; private set; } = new(500, "", "");

    public override async Task OnPageHandlerExecutionAsync(
        Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context, Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutionDelegate next)
    {
        var failure = HttpContext.Features.Get<IExceptionHandlerPathFeature>();
        var again = HttpContext.Features.Get<IStatusCodeReExecuteFeature>();
        var code = failure is not null ? CodeOf(failure.Error) : again is null ? 404 : Response.StatusCode;
        Response.StatusCode = code;
        Shown = Words(code);
        var path = failure?.Path ?? again?.OriginalPath ?? "";
        if (new PathString(path).StartsWithSegments("/api/v1", StringComparison.OrdinalIgnoreCase) || Request.Headers.ContainsKey("HX-Request"))
        {
            // Whatever the caller says that he accepts: an error in another form would help him less.
            var problem = new ProblemDetails { Status = code, Title = Shown.Title, Detail = Shown.Text };
            await Response.WriteAsJsonAsync(problem, options: null, "application/problem+json", HttpContext.RequestAborted);
            context.Result = new EmptyResult();
            return;
        }

        context.Result = Page();
    }

    private static int CodeOf(Exception failure) => failure switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        NotAllowed => 403,
        RecordMissing => 404,
        StaleRecord => 412,
        _ when Failures.IsStale(failure) => 412,
        BadFilter => 400,
        RuleViolation => 422,
        _ => 500,
    };

    private ErrorPage Words(int code) => code switch
    {
        400 => new(code, text["This could not be read"], text["The form was open for too long, or came from another page. Go back, load it again, and try once more."]),
        401 => new(code, text["Please sign in"], text["You are not signed in, or your sign-in has ended."]),
        403 => new(code, text["Not allowed"], text["Your role does not allow this. Ask your administrator if you need it."]),
        404 when HttpContext.Items.ContainsKey(ModuleGate.OffForDepartment) =>
            new(code, text["Not available in your department"], text["This part of the program is switched off for your department. Ask your administrator if you need it."]),
        404 => new(code, text["Not found"], text["This is not here, or not for you to see. It may have been moved or deleted."]),
        405 => new(code, text["Not possible here"], text["This address does not do that."]),
        412 => new(code, text["Somebody was faster"], text["This was changed in the meantime. Load it again and try once more."]),
        413 => new(code, text["Too large"], text["What you sent is larger than this server takes."]),
        422 => new(code, text["Something is not right yet"], text["Go back and look at what you typed."]),
        503 => new(code, text["Not ready yet"], text["The server is starting or being set up. Try again in a moment."]),
        < 500 => new(code, text["This could not be done"], text["Go back and try again."]),
        _ => new(code, text["Something went wrong"], text["Nothing was saved. Try again; if it happens again, give your administrator the code below."], Activity.Current?.Id ?? HttpContext.TraceIdentifier),
    };
}
