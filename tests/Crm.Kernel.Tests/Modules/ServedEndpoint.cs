using System.Reflection;
using Crm.Abstractions.Modules;
using Crm.Abstractions.Records;
using Crm.Kernel.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Modules;

/// <summary>What answers at an address, pages as they are compiled, with the module that it comes from.</summary>
internal sealed record ServedEndpoint(string Route, EndpointMetadataCollection Metadata, string? Module, bool TakesForms, bool ChecksAntiforgery)
{
    public bool IsStatic => Metadata.GetMetadata<StaticAssetDescriptor>() is not null;

    public bool IsApi => Route.StartsWith("/api/", StringComparison.OrdinalIgnoreCase);

    public static async Task<IReadOnlyList<ServedEndpoint>> AllAsync(IServiceProvider services)
    {
        var types = services.GetRequiredService<RecordTypes>().All;
        var found = new List<ServedEndpoint>();
        foreach (var endpoint in services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var route = "/" + endpoint.RoutePattern.RawText?.TrimStart('/');
            found.Add(endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page
                ? OfPage(route, endpoint.Metadata, await services.GetRequiredService<PageLoader>().LoadAsync(page, endpoint.Metadata), types)
                : Of(route, endpoint.Metadata, types));
        }

        return found;
    }

    public static ServedEndpoint Of(string route, EndpointMetadataCollection metadata, IReadOnlyList<RecordType> types)
    {
        var methods = metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
        return new(
            route, metadata, ModuleOf(route, metadata.GetMetadata<MethodInfo>()?.DeclaringType?.Assembly, types),
            methods.Any(m => HttpMethods.IsPost(m) || HttpMethods.IsPut(m) || HttpMethods.IsPatch(m) || HttpMethods.IsDelete(m)),
            metadata.GetMetadata<Microsoft.AspNetCore.Antiforgery.IAntiforgeryMetadata>()?.RequiresValidation == true);
    }

    private static ServedEndpoint OfPage(string route, EndpointMetadataCollection uncompiled, CompiledPageActionDescriptor page, IReadOnlyList<RecordType> types)
    {
        var filters = page.FilterDescriptors.Select(f => f.Filter).ToList();
        return new(
            route, page.Endpoint?.Metadata ?? new([.. uncompiled, .. page.EndpointMetadata ?? []]), ModuleOf(route, page.DeclaredModelTypeInfo?.Assembly ?? page.PageTypeInfo.Assembly, types),
            (page.HandlerMethods ?? []).Any(h => !HttpMethods.IsGet(h.HttpMethod) && !HttpMethods.IsHead(h.HttpMethod)),
            filters.Any(f => f is AutoValidateAntiforgeryTokenAttribute or ValidateAntiForgeryTokenAttribute) && !filters.Any(f => f is IgnoreAntiforgeryTokenAttribute));
    }

    // What the kernel serves for a record type belongs to the type's module.
    private static string? ModuleOf(string route, Assembly? code, IReadOnlyList<RecordType> types)
    {
        var type = types.FirstOrDefault(t => new[] { t.ListUrl, $"/api/v1/{t.Plural}" }
            .Any(url => route.Equals(url, StringComparison.OrdinalIgnoreCase) || route.StartsWith(url + "/", StringComparison.OrdinalIgnoreCase)));
        var assembly = code?.GetCustomAttribute<ModuleAttribute>() is not null ? code : type?.GetType().Assembly;
        return assembly?.GetName().Name;
    }
}
