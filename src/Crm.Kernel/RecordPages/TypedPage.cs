using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Records;
using Crm.Kernel.Records.Deeds;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Crm.Kernel.RecordPages;

/// <summary>A page of whatever record type the address belongs to, and what the door's refusals become on it.</summary>
internal abstract class TypedPage : PageModel
{
    private IRecordDoor? _door;

    /// <summary>The record type of the address.</summary>
    public RecordType Type => HttpContext.GetEndpoint()!.Metadata.GetRequiredMetadata<RecordType>();

    public IRecordDoor Door => _door ??= Services.GetRequiredService<RecordDoors>().Of(Type);

    public IStringLocalizer L => Services.GetRequiredService<IStringLocalizer<PageText>>();

    /// <summary>Who reads.</summary>
    public Rights Rights { get; private set; } = Rights.Nobody;

    /// <summary>True where htmx asks for a piece.</summary>
    public bool IsFragment => Request.Headers.ContainsKey("HX-Request");

    /// <summary>The deeds that the reader may do: the type's and the kernel's own.</summary>
    public IReadOnlyList<Deed> Deeds => [.. KernelDeeds.Of(Type).Where(d => Rights.May(d.Permission))];

    protected IServiceProvider Services => HttpContext.RequestServices;

    protected CancellationToken Ct => HttpContext.RequestAborted;

    /// <summary>Says whether the reader may make and change records of the type.</summary>
    public bool MayEdit => !Type.IsUnion && Rights.May(Type.EditPermission);

    public bool MayDelete => !Type.IsUnion && Rights.May(Type.DeletePermission);

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        Rights = await Services.GetRequiredService<ICurrentUser>().RightsAsync(Ct);
        var done = await next();
        if (done.Exception is null || done.ExceptionHandled)
            return;
        var answer = done.Exception switch
        {
            RecordMissing => Refuse(StatusCodes.Status404NotFound, L["This is not here any more, or not yours to see."]),
            NotAllowed e => Refuse(StatusCodes.Status403Forbidden, L[e.Message]),
            StaleRecord => Refuse(StatusCodes.Status412PreconditionFailed, L["Somebody changed this in the meantime. Reload the page and try again."]),
            BadFilter e => Refuse(StatusCodes.Status400BadRequest, L["This filter can't be read: {0}", e.Message]),
            RuleViolation e => Refuse(StatusCodes.Status400BadRequest, string.Join(' ', e.Said(L).Select(s => s.Text))),
            _ => null,
        };
        if (answer is null)
            return;
        done.Result = answer;
        done.ExceptionHandled = true;
    }

    /// <summary>Says whether the reader may see a record of the type; cheaper than reading it.</summary>
    protected async Task<bool> IsVisibleAsync(Guid id) =>
        await (await Services.GetRequiredService<CrmDb>().VisibleAmongAsync([id], Ct, [Type.Name])).AnyAsync(Ct);

    /// <summary>An answer that htmx shows as a toast, and a whole page as the error page.</summary>
    protected IActionResult Refuse(int status, string why)
    {
        if (!IsFragment)
            return new StatusCodeResult(status);
        var problem = new ProblemDetails { Status = status, Detail = why };
        return new ObjectResult(problem) { StatusCode = status, ContentTypes = { "application/problem+json" } };
    }

    /// <summary>Sends the browser on, whether a form or htmx asked.</summary>
    protected IActionResult GoTo(string url)
    {
        if (!IsFragment)
            return LocalRedirect(url);
        Response.Headers["HX-Redirect"] = url;
        return new NoContentResult();
    }
}
