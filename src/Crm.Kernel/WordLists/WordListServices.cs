using Crm.Abstractions.Modules;
using Crm.Abstractions.Records;
using Crm.Kernel.Modules;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.WordLists;

/// <summary>The table of contents of the lists of words.</summary>
internal static class WordListServices
{
    public static void AddWordLists(this IServiceCollection services)
    {
        services.AddMapping<ChoiceMapping>();
        services.AddSingleton<ChoiceLists>();
        services.AddSingleton<IChoices>(s => s.GetRequiredService<ChoiceLists>());
        services.AddSingleton<IReloaded>(s => s.GetRequiredService<ChoiceLists>());
        services.AddScoped<SaveChoices>();
    }
}
