using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Users;

/// <summary>The verbs about people, departments, roles, switches and tokens: used by pages and commands alike.</summary>
internal static class UserServices
{
    public static void AddUserVerbs(this IServiceCollection services)
    {
        services.AddScoped<AddUser>();
        services.AddScoped<ChangeUser>();
        services.AddScoped<ResetPassword>();
        services.AddScoped<DisableUser>();
        services.AddScoped<EnableUser>();
        services.AddScoped<HandOver>();
        services.AddScoped<AddDepartment>();
        services.AddScoped<ChangeDepartment>();
        services.AddScoped<AddRole>();
        services.AddScoped<ChangeRole>();
        services.AddScoped<RemoveDepartment>();
        services.AddScoped<RemoveRole>();
        services.AddScoped<SwitchModule>();
        services.AddScoped<MakeToken>();
        services.AddScoped<RevokeToken>();
        services.AddSingleton<TokenUses>();
        services.AddHostedService(s => s.GetRequiredService<TokenUses>());
        services.AddScoped<ExplainAccess>();
    }
}
