using Crm.Abstractions.Data;
using Crm.Abstractions.Jobs;
using Crm.Abstractions.Modules;
using Crm.Abstractions.Pages;
using Crm.Abstractions.Records;
using Crm.Abstractions.Search;
using Crm.Abstractions.Security;
using Crm.Kernel.Audit;
using Crm.Kernel.Bulk;
using Crm.Kernel.Commands;
using Crm.Kernel.CustomFields;
using Crm.Kernel.Data;
using Crm.Kernel.Data.Sqlite;
using Crm.Kernel.Filters;
using Crm.Kernel.Jobs;
using Crm.Kernel.Mail;
using Crm.Kernel.Modules;
using Crm.Kernel.Notifications;
using Crm.Kernel.Outbox;
using Crm.Kernel.Records;
using Crm.Kernel.Removal;
using Crm.Kernel.Search;
using Crm.Kernel.Security;
using Crm.Kernel.Timeline;
using Crm.Kernel.Users;
using Crm.Kernel.WordLists;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Sqlite.Storage.Internal;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Crm.Kernel.Hosting;

/// <summary>The kernel's own table of contents.</summary>
internal static class KernelServices
{
    // One for all contexts: EF keeps services of its own for each set of options.
    private static readonly PresentValues _presentValues = new();

    public static void AddKernel(this IServiceCollection services, IConfiguration configuration, ModuleCatalog catalog)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(catalog);
        services.AddSingleton<ModuleSwitches>();
        services.AddSingleton<IModuleSwitches>(s => s.GetRequiredService<ModuleSwitches>());
        services.AddSingleton<Contributions>();
        AddRecords(services);
        services.AddRemoval();
        services.AddPermissions<CorePermissionProvider>();
        AddMyDay(services);
        services.AddMapping<KernelMapping>();
        services.AddCommands();
        services.AddBulk();
        services.AddMigrations<KernelMigrations>();
        var options = DatabaseOptions.Read(configuration);
        AddDatabase(services, options);
        services.AddScheduling(options);
        services.AddNotifications();
        services.AddMail();
        services.AddHealth();
        AddSaving(services);
        services.AddScoped<Actor>();
        services.AddScoped<CurrentUser>();
        services.AddScoped<ICurrentUser>(s => s.GetRequiredService<CurrentUser>());
        services.AddScoped<IStaff, Staff>();
        services.AddScoped<IRecordReading, RecordReading>();
        services.AddScoped<IRecordSharing, Records.Deeds.RecordSharing>();
        services.AddSingleton<IOnBehalf, OnBehalf>();
        services.AddSingleton<RightsReader>();
        services.AddSingleton<KnownPeople>();
        services.AddScoped<KnownHere>();
        services.AddSingleton<PermissionCatalog>();
        services.AddCustomFields();
        services.AddWordLists();
    }

    private static void AddMyDay(IServiceCollection services)
    {
        services.AddNavigation<MyDay.MyDayMenu>();
        services.AddMapping<MyDay.DayPlanMapping>();
        services.AddScoped<MyDay.ArrangeDay>();
        services.AddScoped<MyDay.RecentRecords>();
        services.Contribute<Widget, MyDay.NoticesTile>();
        services.Contribute<Widget, MyDay.MineTile>();
        services.Contribute<Widget, MyDay.OthersTile>();
    }

    private static void AddRecords(IServiceCollection services)
    {
        services.AddSingleton<RecordTypes>();
        services.AddSingleton<IRecordTypes>(s => s.GetRequiredService<RecordTypes>());
        services.AddSingleton<TitleKeys>();
        services.AddJob<SortTitles>(
            "core.sort-titles", "Sort names by the site's language", "Makes the order of names anew where the site's language was changed, or the rules of its alphabet.",
            JobSchedule.Every(TimeSpan.FromMinutes(5)));
        services.AddScoped<RecordDoors>();
        services.AddScoped<IRecordLists, RecordLists>();
    }

    private static void AddDatabase(IServiceCollection services, DatabaseOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<SqliteLeases>();
        services.AddSingleton<WriterGate>();
        services.AddJob<TableStatistics>(
            "core.count-tables", "Count how tables are filled", "Lets SQLite count the tables that have grown, so that it chooses the right index. PostgreSQL does that by itself.",
            JobSchedule.Every(TimeSpan.FromMinutes(15)));
        services.AddSingleton<MigrationRunner>();
        services.AddSingleton<InstalledMappings>();
        services.AddDbContextFactory<KernelDb>(o => Configure(o, options));
        // The factory would make the scope's context from the root: its services must be the scope's.
        services.AddScoped(s => new KernelDb(s.GetRequiredService<DbContextOptions<KernelDb>>(), options, s.GetRequiredService<InstalledMappings>(), s));
        services.AddScoped<CrmDb>(s => s.GetRequiredService<KernelDb>());
    }

    internal static void Configure(DbContextOptionsBuilder builder, DatabaseOptions options)
    {
#pragma warning disable EF1001 // The one place where contexts are told to lend their connections; there is no public one (ADR 19).
        if (options.IsSqlite)
            builder.UseSqlite(options.ConnectionString, sqlite => sqlite.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter)).ReplaceService<ISqliteRelationalConnection, LeasingRelationalConnection>();
        else
            builder.UseNpgsql(options.ConnectionString).AddInterceptors(_presentValues);
#pragma warning restore EF1001
        builder.ReplaceService<IModelCacheKeyFactory, ModelPerModules>();
    }

    private static void AddSaving(IServiceCollection services)
    {
        services.AddSingleton<ISearchIndex>(s => s.GetRequiredService<DatabaseOptions>().IsSqlite ? new SqliteSearchIndex() : new PostgresSearchIndex());
        services.AddTransient<RecordStamper>();
        services.AddTransient<AuditTrail>();
        services.AddTransient<FactDispatcher>();
        services.AddTransient<TimelineWriter>();
        services.AddSingleton<OpenKinds>();
        services.AddTransient<SearchWriter>();
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<OutboxDispatcher>();
        services.AddHostedService(s => s.GetRequiredService<OutboxDispatcher>());
        services.AddJob<SweepOutbox>(
            "core.sweep-outbox", "Forget delivered messages", "Removes messages to other programs a week after they were delivered.",
            JobSchedule.DailyAt(new TimeOnly(3, 10)));
    }
}
