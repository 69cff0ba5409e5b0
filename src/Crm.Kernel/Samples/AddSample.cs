using System.Security.Cryptography;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Recipes;
using Crm.Kernel.Security;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Samples;

/// <summary>Somebody of the sample company.</summary>
internal sealed record SampleUser(string Email, string Name, string Role, string Department);

/// <summary>Adds the sample company: departments, one user a role, and each module's records.</summary>
internal sealed class AddSample(IServiceScopeFactory scopes, TimeProvider clock)
{
    public static IReadOnlyList<SampleUser> Users { get; } =
    [
        new("anna@sample.example", "Anna Lindqvist", ReadyRoles.Sales, "Sales"),
        new("bruno@sample.example", "Bruno Keller", ReadyRoles.PeopleManager, "Sales"),
        new("ilze@sample.example", "Ilze Ozoliņa", ReadyRoles.Service, "Service"),
        new("tomas@sample.example", "Tomas Petrauskas", ReadyRoles.Marketing, "Marketing"),
        new("mei@sample.example", "Mei Chen", ReadyRoles.Analyst, "Marketing"),
        new("david@sample.example", "David Moore", ReadyRoles.DecisionMaker, "Head office"),
        new("karin@sample.example", "Karin Holm", ReadyRoles.Controller, "Head office"),
    ];

    /// <param name="password">The password of all of them; null gives each one that nobody knows, until an administrator resets it.</param>
    public async Task RunAsync(string? password, CancellationToken ct)
    {
        await InScopeAsync(async s =>
        {
            await s.GetRequiredService<RunRecipe>().RunAsync("sample", ct);
            return true;
        });
        var departments = await InScopeAsync(s => s.GetRequiredService<KernelDb>().Set<Department>().ToDictionaryAsync(d => d.Name, d => d.Id, StringComparer.Ordinal, ct));
        var users = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var user in Users)
            users[user.Role] = await InScopeAsync(s => UserAsync(s, user, departments[user.Department], password, ct));
        var company = new SampleCompany(users, departments, clock.GetUtcNow());
        var parts = await InScopeAsync(s => Task.FromResult(s.GetServices<ISample>().Count()));
        for (var i = 0; i < parts; i++)
        {
            var part = i;
            await InScopeAsync(async s =>
            {
                await s.GetServices<ISample>().ElementAt(part).AddAsync(s.GetRequiredService<KernelDb>(), company, ct);
                return true;
            });
        }
    }

    private static async Task<Guid> UserAsync(IServiceProvider scope, SampleUser user, Guid department, string? password, CancellationToken ct)
    {
        var fields = new UserFields { Email = user.Email, Name = user.Name, Roles = [user.Role], Department = department };
        return (await scope.GetRequiredService<AddUser>().RunAsync(fields, password ?? Convert.ToHexString(RandomNumberGenerator.GetBytes(24)), ct)).Id;
    }

    private async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        var actor = scope.ServiceProvider.GetRequiredService<Actor>();
        (actor.IsSystem, actor.Door, actor.What) = (true, "command", "Added the sample company");
        return await work(scope.ServiceProvider);
    }
}
