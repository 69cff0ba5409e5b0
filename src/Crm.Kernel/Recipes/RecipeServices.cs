using Crm.Abstractions.Modules;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Recipes;

/// <summary>The table of contents of recipes.</summary>
internal static class RecipeServices
{
    public static void AddRecipes(this IServiceCollection services)
    {
        services.AddScoped<RunRecipe>();
        services.AddScoped<IRecipeStep, SettingsStep>();
        services.AddScoped<IRecipeStep, DepartmentsStep>();
        services.AddScoped<IRecipeStep, RolesStep>();
        services.AddScoped<IRecipeStep, FeaturesStep>();
    }
}
