using Crm.Abstractions.Security;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Security;

/// <summary>A scope in which a user acts who is not signed in.</summary>
internal sealed class OnBehalf(IServiceScopeFactory scopes) : IOnBehalf
{
    public async Task<T> RunAsync<T>(Guid userId, Func<IServiceProvider, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var actor = scope.ServiceProvider.GetRequiredService<Actor>();
        (actor.UserId, actor.Door) = (userId, "page");
        return await work(scope.ServiceProvider, ct);
    }
}
