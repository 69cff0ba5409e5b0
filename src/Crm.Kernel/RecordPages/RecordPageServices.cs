using Crm.Abstractions.Modules;
using Crm.Kernel.Records;
using Crm.Kernel.SearchPages;
using Crm.Kernel.Timeline;
using Microsoft.AspNetCore.Builder;
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
        services.AddScoped<ListViews>();
        services.AddScoped<TextSearch>();
        services.AddScoped<RecordSearch>();
        services.AddScoped<TimelineReader>();
    }

    /// <summary>The addresses that are no pages.</summary>
    public static void MapRecordPages(this WebApplication app)
    {
        Pickers.Map(app);
        ListExport.Map(app, app.Services);
    }
}
