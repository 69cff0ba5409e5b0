using Crm.Abstractions.Modules;
using Crm.Abstractions.Pages;
using Crm.Notes.Notes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Notes;

/// <summary>What the module contributes.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc/>
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddMapping<NoteMapping>();
        services.AddMigrations<NotesMigrations>();
        services.AddPermissions<NotesPermissions>();
        services.AddRecordType<NoteRecord>();
        services.AddContributedField<NoteCount>();
        services.Contribute<Composer, NoteComposer>();
        services.AddScoped<WriteNote>();
    }

    /// <inheritdoc/>
    public override void Configure(IEndpointRouteBuilder routes) => NoteEndpoints.Map(routes);
}
