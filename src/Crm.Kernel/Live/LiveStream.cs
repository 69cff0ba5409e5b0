using System.Globalization;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Notifications;
using Crm.Kernel.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Live;

/// <summary>The stream that an open page listens to (server-sent events): how many notices are new, and that the record on it was changed.</summary>
internal static class LiveStream
{
    private const int MostWatched = 20;
    private static readonly TimeSpan _beat = TimeSpan.FromSeconds(20);

    // The page opens it anew, and so who it is and what it may watch is asked again.
    private static readonly TimeSpan _life = TimeSpan.FromMinutes(10);

    public static void MapLive(this IEndpointRouteBuilder routes) => routes.MapGet("/events", (RequestDelegate)RunAsync).RequireAuthorization();

    private static async Task RunAsync(HttpContext http)
    {
        var rights = await http.RequestServices.GetRequiredService<ICurrentUser>().RightsAsync(http.RequestAborted);
        if (rights.UserId is not { } user)
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var hub = http.RequestServices.GetRequiredService<LiveHub>();
        var listener = hub.Open(user, await WatchedAsync(http));
        try
        {
            http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            http.Response.ContentType = "text/event-stream";
            http.Response.Headers.CacheControl = "no-store";
            await TalkAsync(http, listener);
        }
        catch (OperationCanceledException)
        {
            // The page is closed, or the server ends.
        }
        finally
        {
            hub.Close(listener);
        }
    }

    private static async Task TalkAsync(HttpContext http, LiveHub.Listener listener)
    {
        var clock = http.RequestServices.GetRequiredService<TimeProvider>();
        var stopping = http.RequestServices.GetRequiredService<Microsoft.Extensions.Hosting.IHostApplicationLifetime>().ApplicationStopping;
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        var until = clock.GetUtcNow() + _life;
        listener.Add(LiveEvent.Notices);
        while (clock.GetUtcNow() < until)
        {
            var words = await NextAsync(listener, ends.Token) switch
            {
                LiveEvent.Notices => await CountAsync(http, listener.User, ends.Token) is { } count ? $"event: notices\ndata: {count}\n\n" : null,
                LiveEvent.Changed => "event: changed\ndata: \n\n",
                _ => await CountAsync(http, listener.User, ends.Token) is null ? null : ": here\n\n",
            };
            // Deactivated meanwhile.
            if (words is null)
                return;
            await http.Response.WriteAsync(words, ends.Token);
            await http.Response.Body.FlushAsync(ends.Token);
        }
    }

    private static async Task<LiveEvent?> NextAsync(LiveHub.Listener listener, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_beat);
        try
        {
            return await listener.Events.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    // Asked in a scope of its own each time: the stream's own would hold a connection, and rights as of its start.
    private static async Task<string?> CountAsync(HttpContext http, Guid user, CancellationToken ct)
    {
        await using var scope = http.RequestServices.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().UserId = user;
        var rights = await scope.ServiceProvider.GetRequiredService<ICurrentUser>().RightsAsync(ct);
        if (rights.UserId is null)
            return null;
        var count = await scope.ServiceProvider.GetRequiredService<MyNotices>().UnreadAsync(ct);
        return count.ToString(CultureInfo.InvariantCulture);
    }

    private static async Task<List<Guid>> WatchedAsync(HttpContext http)
    {
        var ids = http.Request.Query["watch"].Take(MostWatched).Select(t => Guid.TryParse(t, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).ToList();
        if (ids.Count == 0)
            return ids;
        var db = http.RequestServices.GetRequiredService<KernelDb>();
        return await (await db.VisibleAmongAsync(ids, http.RequestAborted)).Select(r => r.Id).ToListAsync(http.RequestAborted);
    }
}
