using System.Security.Claims;
using Crm.Kernel.Security;
using Microsoft.AspNetCore.Http;

namespace Crm.Kernel.Hosting;

/// <summary>Says who acts in this request.</summary>
internal sealed class ActorMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http, Actor actor)
    {
        actor.Door = http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) ? "api" : "page";
        if (Guid.TryParse(http.User.FindFirstValue(ClaimTypes.NameIdentifier), out var id))
            actor.UserId = id;
        if (http.User.FindFirstValue(TokenHandler.ScopesClaim) is { } scopes)
            actor.Leaves = TokenHandler.Leaves(scopes);
        return next(http);
    }
}
