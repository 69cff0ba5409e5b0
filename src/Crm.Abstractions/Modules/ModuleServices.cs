using Crm.Abstractions.Data;
using Crm.Abstractions.Events;
using Crm.Abstractions.Jobs;
using Crm.Abstractions.Navigation;
using Crm.Abstractions.Notifications;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Crm.Abstractions.Modules;

/// <summary>Short words for the contributions that nearly every module makes.</summary>
public static class ModuleServices
{
    /// <summary>Lists a record type.</summary>
    /// <typeparam name="T">The description.</typeparam>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddRecordType<T>(this IServiceCollection services)
        where T : RecordType => services.Contribute<RecordType, T>();

    /// <summary>Lists a mapping of entities to tables.</summary>
    /// <typeparam name="T">The mapping.</typeparam>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddMapping<T>(this IServiceCollection services)
        where T : Mapping => services.Contribute<Mapping, T>();

    /// <summary>Lists the module's migrations.</summary>
    /// <typeparam name="T">The ordered steps.</typeparam>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddMigrations<T>(this IServiceCollection services)
        where T : DataMigration => services.Contribute<DataMigration, T>();

    /// <summary>Lists the module's permissions.</summary>
    /// <typeparam name="T">The provider.</typeparam>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddPermissions<T>(this IServiceCollection services)
        where T : class, IPermissionProvider => services.Contribute<IPermissionProvider, T>();

    /// <summary>Lists the module's part of the menu.</summary>
    /// <typeparam name="T">The provider.</typeparam>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddNavigation<T>(this IServiceCollection services)
        where T : class, INavigationProvider => services.Contribute<INavigationProvider, T>();

    /// <summary>Lists fields that the module gives to other modules' record types.</summary>
    /// <typeparam name="T">The contributed field.</typeparam>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddContributedField<T>(this IServiceCollection services)
        where T : ContributedField => services.Contribute<ContributedField, T>();

    /// <summary>Lists a handler that runs inside the transaction in which a fact was raised.</summary>
    /// <typeparam name="TFact">The fact.</typeparam>
    /// <typeparam name="T">The handler.</typeparam>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddEventHandler<TFact, T>(this IServiceCollection services)
        where T : class, IEventHandler<TFact>
        where TFact : notnull => services.ContributeScoped<IEventHandler<TFact>, T>();

    /// <summary>Lists a handler that runs after the commit, at least once.</summary>
    /// <typeparam name="TFact">The fact.</typeparam>
    /// <typeparam name="T">The handler.</typeparam>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddOutboxHandler<TFact, T>(this IServiceCollection services)
        where T : class, IOutboxHandler<TFact>
        where TFact : notnull
    {
        services.AddSingleton(new OutboxSubscription(typeof(TFact), typeof(IOutboxHandler<TFact>), typeof(T)));
        return services.ContributeScoped<IOutboxHandler<TFact>, T>();
    }

    /// <summary>Lists a job. It runs as the server itself, once over all nodes, and never twice at a time; what it puts into the context's result is shown as what came of the run.</summary>
    /// <typeparam name="T">The job.</typeparam>
    /// <param name="services">The container.</param>
    /// <param name="name">As <c>module.verb-thing</c>.</param>
    /// <param name="label">What it is called on screen, in English.</param>
    /// <param name="what">A sentence that says what it does, in English.</param>
    /// <param name="schedule">When it runs.</param>
    public static IServiceCollection AddJob<T>(this IServiceCollection services, string name, string label, string what, JobSchedule schedule)
        where T : class, IJob
    {
        services.AddScoped<T>();
        services.AddSingleton(new JobDescription(name, label, what, schedule, typeof(T)));
        services.AddSingleton(new Contribution(typeof(IJob), typeof(T)));
        return services;
    }

    /// <summary>Lists a fact that may be planned for later with <see cref="IDueFacts"/>.</summary>
    /// <typeparam name="TFact">A record that can be written as JSON.</typeparam>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddDueFact<TFact>(this IServiceCollection services)
        where TFact : notnull => services.AddSingleton(new DueFactType(typeof(TFact)));

    /// <summary>Lists words to choose from, which administrators may change.</summary>
    /// <param name="services">The container.</param>
    /// <param name="list">The list.</param>
    public static IServiceCollection AddChoiceList(this IServiceCollection services, ChoiceList list) => services.AddSingleton(list);

    /// <summary>Lists a sort of notice that the module tells users.</summary>
    /// <param name="services">The container.</param>
    /// <param name="kind">The kind.</param>
    public static IServiceCollection AddNoticeKind(this IServiceCollection services, NoticeKind kind) => services.AddSingleton(kind);
}
