using Crm.Abstractions.Modules;
using Crm.Kernel.Hosting;
using Crm.Kernel.Outbox;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Bulk;

/// <summary>The name of a kind of act that this server can do.</summary>
internal sealed record BulkKind(string Name);

/// <summary>The bulk door's table of contents.</summary>
internal static class BulkServices
{
    /// <summary>What wakes the worker.</summary>
    public const string Bell = "bulk";

    public static void AddBulk(this IServiceCollection services)
    {
        services.AddMapping<BulkMapping>();
        services.AddKeyedSingleton<OutboxSignal>(Bell);
        services.AddSingleton<FaultPoints>();
        services.AddSingleton<BulkRun>();
        services.AddHostedService<BulkWorker>();
        services.AddScoped<BulkDoor>();
        services.AddBulkWork<HandOverWork>(HandOverWork.Name);
        services.AddBulkWork<UndoHandOverWork>(UndoHandOverWork.Name);
        services.AddBulkWork<EditWork>(EditWork.Name);
        services.AddBulkWork<UndoEditWork>(UndoEditWork.Name);
        services.AddBulkWork<TokensWork>(TokensWork.Name);
    }

    /// <summary>Adds a kind of bulk act.</summary>
    public static void AddBulkWork<TWork>(this IServiceCollection services, string name)
        where TWork : class, IBulkWork
    {
        services.AddSingleton(new BulkKind(name));
        services.AddScoped<IBulkWork, TWork>();
    }
}
