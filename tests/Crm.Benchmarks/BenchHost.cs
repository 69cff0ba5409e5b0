using Crm.Kernel.Jobs;
using Crm.Kernel.Mail;
using Crm.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Crm.Benchmarks;

/// <summary>A server in this process, to make the company with. The one that is measured is a process of its own.</summary>
internal sealed class BenchHost(IReadOnlyDictionary<string, string?> place) : CrmHost
{
    protected override Task DatabaseAsync(IDictionary<string, string?> settings)
    {
        foreach (var (name, value) in place)
            settings[name] = value;
        return Task.CompletedTask;
    }

    // What is due and what is to be mailed waits for the server that is measured.
    protected override void Configure(IServiceCollection services)
    {
        foreach (var loop in services.Where(s => s.ServiceType == typeof(IHostedService) && Made(s) is { } type && (type == typeof(DueLoop) || type == typeof(MailLoop))).ToList())
            services.Remove(loop);
    }

    private static Type? Made(ServiceDescriptor service) => service.ImplementationType ?? service.ImplementationFactory?.Method.ReturnType;

    protected override Task DropAsync()
    {
        SqliteConnection.ClearAllPools();
        NpgsqlConnection.ClearAllPools();
        return Task.CompletedTask;
    }
}
