using Crm.Abstractions.Jobs;
using Crm.Abstractions.Modules;
using Crm.Abstractions.Pages;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Hosting;
using Crm.Kernel.Records;
using Crm.Kernel.Records.Deeds;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Api;

/// <summary>The REST API: every record type under its plural, stamped with its module and its permission.</summary>
internal static class RecordApi
{
    public const string Root = "/api/v1";
    private static readonly string[] _read = ["GET", "HEAD"];

    public static IServiceCollection AddRecordApi(this IServiceCollection services) => services.AddScoped<AnswerOnce>().AddScoped<IMakeOnce, MakeOnce>()
        .AddJob<ForgetAnswers>(
            "core.forget-answers", "Forget answers of the API", "Removes answers that were kept for requests that are sent again, after two days.",
            JobSchedule.DailyAt(new TimeOnly(3, 0)));

    public static void MapRecordApi(this WebApplication app)
    {
        var types = app.Services.GetRequiredService<RecordTypes>();
        foreach (var type in types.All)
            Map(app, types, type);
        app.MapMethods($"{Root}/search", _read, (RequestDelegate)SearchReads.FindAsync).RequireAuthorization();
        app.MapGet("/openapi/v1.json", (RequestDelegate)ApiDocument.WriteAsync).AllowAnonymous();
        app.Map(Root + "/{**rest}", (RequestDelegate)NowhereAsync).RequireAuthorization().WithMetadata(new ApiTypes(types));
    }

    private static void Map(WebApplication app, RecordTypes types, RecordType type)
    {
        var group = app.MapGroup($"{Root}/{type.Plural}")
            .WithMetadata(new ModuleStamp([types.FeatureOf(type)]))
            .RequireAuthorization(new PermissionAttribute(type.ViewPermission));
        var reads = new RecordReads(type);
        group.MapMethods("", _read, (RequestDelegate)reads.ListAsync);
        group.MapMethods("/summary", _read, (RequestDelegate)reads.SummaryAsync);
        group.MapMethods("/{id}", _read, (RequestDelegate)reads.FindAsync);
        group.MapMethods("/{id}/timeline", _read, (RequestDelegate)reads.TimelineAsync);
        if (type.IsUnion)
            return;
        var writes = new RecordWrites(type);
        group.MapPost("", (RequestDelegate)writes.CreateAsync);
        group.MapPatch("/{id}", (RequestDelegate)writes.UpdateAsync);
        group.MapDelete("/{id}", (RequestDelegate)writes.DeleteAsync);
        var ends = new RecordEnds(type);
        group.MapMethods("/bin", _read, (RequestDelegate)ends.BinAsync).RequireAuthorization(new PermissionAttribute(type.DeletePermission));
        group.MapPost("/{id}/restore", (RequestDelegate)ends.RestoreAsync);
        group.MapPost("/{id}/purge", (RequestDelegate)ends.PurgeAsync).RequireAuthorization(new PermissionAttribute(CorePermissions.PurgeRecords.Name));
        if (type.IsErasable)
        {
            group.MapPost("/{id}/erase", (RequestDelegate)ends.EraseAsync).RequireAuthorization(new PermissionAttribute(CorePermissions.EraseRecords.Name));
            group.MapMethods("/{id}/report", _read, (RequestDelegate)ends.ReportAsync).RequireAuthorization(new PermissionAttribute(CorePermissions.ReportPersonalData.Name));
        }

        foreach (var deed in KernelDeeds.Of(type))
            group.MapPost($"/{{id}}/{deed.Name}", (RequestDelegate)(http => writes.DoAsync(http, deed.Name)));
    }

    // A known address with a method that it doesn't take says so; all else isn't there.
    private static Task NowhereAsync(HttpContext http)
    {
        var rest = (http.Request.RouteValues["rest"] as string ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        var types = http.GetEndpoint()!.Metadata.GetRequiredMetadata<ApiTypes>().Types;
        var allowed = rest.Length == 0 || types.FindPlural(rest[0]) is not { } type ? null : (rest.Length, type.IsUnion) switch
        {
            (1, false) => "GET, POST",
            (2, false) when rest[1] is not ("summary" or "bin") => "GET, PATCH, DELETE",
            (1 or 2, _) => "GET",
            (3, _) when rest[2] == "timeline" => "GET",
            (3, false) when rest[2] is "restore" or "purge" || (rest[2] is "erase" && type.IsErasable) => "POST",
            (3, false) when rest[2] is "report" && type.IsErasable => "GET",
            (3, false) when KernelDeeds.Of(type).Any(d => d.Name == rest[2]) => "POST",
            _ => null,
        };
        if (allowed is null)
            throw new RecordMissing();
        http.Response.Headers.Allow = allowed;
        throw new ApiRefusal(Problem.Of(405));
    }

    private sealed record ApiTypes(RecordTypes Types);
}
