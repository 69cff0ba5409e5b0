using System.Net;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Jobs;
using Crm.Kernel.Security;
using Crm.Kernel.Settings;
using Crm.Kernel.Users;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Hosting;

/// <summary>Two servers on one PostgreSQL: what is said to one holds on the other.</summary>
public sealed class TwoNodesTests(PostgresHost first) : IClassFixture<PostgresHost>, IAsyncLifetime
{
    private SecondNode _second = null!;

    public async Task InitializeAsync()
    {
        _second = new SecondNode(first.Services.GetRequiredService<DatabaseOptions>().ConnectionString);
        await _second.InitializeAsync();
    }

    public Task DisposeAsync() => _second.DisposeAsync();

    [Fact]
    [Trait("F", "89")]
    public async Task A_module_switched_off_on_one_node_is_gone_from_the_other()
    {
        using var api = await _second.ApiAsync(await new People(first).UserAsync("nora", ReadyRoles.Sales));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(api, "/api/v1/notes"));

        await OnFirstAsync<SwitchModule>(s => s.RunAsync("Crm.Notes", null, isOn: false, withOthers: true, default));
        await UntilAsync(async () => await StatusAsync(api, "/api/v1/notes") == HttpStatusCode.NotFound);

        await OnFirstAsync<SwitchModule>(s => s.RunAsync("Crm.Notes", null, isOn: true, withOthers: true, default));
        await UntilAsync(async () => await StatusAsync(api, "/api/v1/notes") == HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_setting_saved_on_one_node_is_read_on_the_other()
    {
        var site = first.Services.GetRequiredService<SiteSettings>().Now;
        await OnFirstAsync<ChangeSite>(c => c.RunAsync(site with { Name = "Two nodes" }, default));
        await UntilAsync(() => Task.FromResult(_second.Services.GetRequiredService<SiteSettings>().Now.Name == "Two nodes"));
    }

    [Fact]
    public async Task A_user_deactivated_on_one_node_is_out_at_the_next_request_to_the_other()
    {
        var id = await new People(first).UserAsync("gone", ReadyRoles.Sales);
        using var api = await _second.ApiAsync(id);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(api, "/api/v1/people"));
        await OnFirstAsync<DisableUser>(d => d.RunAsync(id, null, default));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(api, "/api/v1/people"));
    }

    [Fact]
    public async Task What_is_due_is_raised_by_one_of_them_and_the_other_takes_over()
    {
        var one = new OneNode(first.Services.GetRequiredService<DatabaseOptions>());
        var other = new OneNode(_second.Services.GetRequiredService<DatabaseOptions>());
        await using var turn = one.Of("a test");
        await using var next = other.Of("a test");
        Assert.True(await turn.IsMineAsync(default));
        Assert.False(await next.IsMineAsync(default));
        Assert.True(await turn.IsMineAsync(default));
        await turn.DisposeAsync();
        await UntilAsync(() => next.IsMineAsync(default));
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient api, string url)
    {
        using var answer = await api.GetAsync(new Uri(url, UriKind.Relative));
        return answer.StatusCode;
    }

    private async Task OnFirstAsync<T>(Func<T, Task> act)
        where T : notnull
    {
        await using var scope = first.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        await act(scope.ServiceProvider.GetRequiredService<T>());
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var turn = 0; turn < 100; turn++)
        {
            if (await isSo())
                return;
            await Task.Delay(100);
        }

        Assert.Fail("The other node did not hear of it.");
    }

    /// <summary>A second server on the same database.</summary>
    private sealed class SecondNode(string connection) : CrmHost
    {
        protected override Task DatabaseAsync(IDictionary<string, string?> settings)
        {
            (settings["Database:Provider"], settings["Database:ConnectionString"]) = ("PostgreSql", connection);
            return Task.CompletedTask;
        }

        protected override Task SeedAsync() => Task.CompletedTask;

        protected override Task DropAsync() => Task.CompletedTask;
    }
}
