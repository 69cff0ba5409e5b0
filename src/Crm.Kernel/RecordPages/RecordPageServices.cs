using Crm.Abstractions.Modules;
using Crm.Kernel.Timeline;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Crm.Kernel.RecordPages;

/// <summary>The table of contents of the generic pages.</summary>
internal static class RecordPageServices
{
    public static void AddRecordPages(this IServiceCollection services)
    {
        services.AddSingleton<IConfigureOptions<RazorPagesOptions>, RecordRoutes>();
        services.AddMapping<SavedViewMapping>();
        services.AddScoped<RecordNames>();
        services.AddScoped<TimelineReader>();
    }
}
