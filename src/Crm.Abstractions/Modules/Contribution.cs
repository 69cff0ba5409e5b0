using Microsoft.Extensions.DependencyInjection;

namespace Crm.Abstractions.Modules;

/// <summary>One thing that a module contributes, with the features it belongs to. The kernel stamps it.</summary>
/// <param name="Kind">The contribution's contract, such as <c>RecordType</c> or <c>IPermissionProvider</c>.</param>
/// <param name="Implementation">The module's class.</param>
public sealed record Contribution(Type Kind, Type Implementation)
{
    /// <summary>Ids of the features that must be on; set by the kernel while the start-up class runs.</summary>
    public IReadOnlyList<string> Features { get; set; } = [];
}

/// <summary>The words in which a start-up class lists its contributions.</summary>
public static class ContributionRegistration
{
    /// <summary>Adds a contribution as a singleton under its contract and lists it for the kernel.</summary>
    /// <typeparam name="TContract">The contract.</typeparam>
    /// <typeparam name="T">The module's class.</typeparam>
    /// <param name="services">The container.</param>
    public static IServiceCollection Contribute<TContract, T>(this IServiceCollection services)
        where TContract : class
        where T : class, TContract
    {
        services.AddSingleton<TContract, T>();
        services.AddSingleton(new Contribution(typeof(TContract), typeof(T)));
        return services;
    }

    /// <summary>Adds a contribution that is made anew in each scope, as handlers are.</summary>
    /// <typeparam name="TContract">The contract.</typeparam>
    /// <typeparam name="T">The module's class.</typeparam>
    /// <param name="services">The container.</param>
    public static IServiceCollection ContributeScoped<TContract, T>(this IServiceCollection services)
        where TContract : class
        where T : class, TContract
    {
        services.AddScoped<TContract, T>();
        services.AddSingleton(new Contribution(typeof(TContract), typeof(T)));
        return services;
    }
}
