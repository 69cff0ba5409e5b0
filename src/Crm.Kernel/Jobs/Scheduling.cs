using Crm.Abstractions.Jobs;
using Crm.Abstractions.Modules;
using Crm.Kernel.Data;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Quartz;

namespace Crm.Kernel.Jobs;

/// <summary>Readies Quartz: in memory where one server owns the database, shared by all nodes on PostgreSQL.</summary>
internal static class Scheduling
{
    public static void AddScheduling(this IServiceCollection services, DatabaseOptions options)
    {
        services.AddMapping<JobMapping>();
        services.AddQuartz(q =>
        {
            q.ConfigureScheduler(s => (s.InstanceName, s.GenerateInstanceId) = ("crm", true));
            if (!options.IsSqlite)
                UseCluster(q, options.ConnectionString);
        });
        services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
        services.AddHostedService<JobPlan>();
        services.AddMapping<DueMapping>();
        services.AddSingleton<OneNode>();
        services.AddScoped<IDueFacts, DueFacts>();
        services.AddSingleton<DueLoop>();
        services.AddHostedService(s => s.GetRequiredService<DueLoop>());
        services.AddScoped<JobRunner>();
        services.AddScoped<JobList>();
        services.AddScoped<AskJob>();
        services.AddScoped<PauseJob>();
        services.AddSingleton<JobWatch>();
        services.AddHostedService(s => s.GetRequiredService<JobWatch>());
        services.AddHealthChecks().AddCheck<JobWatch>("jobs");
    }

    private static void UseCluster(IQuartzBuilder quartz, string connection) => quartz.UsePersistentStore(store =>
    {
        store.UsePostgres(NpgsqlFactory.Instance, connection);
        store.UseClustering(c => (c.CheckinInterval, c.CheckinMisfireThreshold) = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5)));
        store.UseSystemTextJsonSerializer();
        store.ProvisionSchema();
    });
}
