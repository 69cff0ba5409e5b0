using Crm.Abstractions.Modules;
//#if (hangs)
using Crm.Abstractions.Pages;
using Crm.Abstractions.Records;
//#endif
using Crm.Notes.Notes;
//#if (hangs)
using Crm.Notes.Samples;
using Microsoft.AspNetCore.Routing;
//#endif
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Notes;

/// <summary>What the module contributes.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc/>
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddPermissions<NotesPermissions>();
        services.AddNavigation<NotesMenu>();
        services.AddMigrations<NotesMigrations>();
        services.AddMapping<NoteMapping>().AddRecordType<NoteRecord>();
        //#if (hangs)
        services.AddContributedField<NoteCount>();
        services.Contribute<Composer, NoteComposer>();
        services.AddScoped<WriteNote>();
        services.Contribute<ISample, SampleNotes>();
        //#endif
    }
    //#if (hangs)

    /// <inheritdoc/>
    public override void Configure(IEndpointRouteBuilder routes) => NoteEndpoints.Map(routes);
    //#endif
}
