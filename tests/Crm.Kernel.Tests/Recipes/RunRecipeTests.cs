using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Modules;
using Crm.Kernel.Recipes;
using Crm.Kernel.Security;
using Crm.Kernel.Settings;
using Crm.Kernel.Users;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Recipes;

public abstract class RunRecipeTests(CrmHost host)
{
    [Fact]
    public async Task A_recipe_makes_what_is_not_there_and_twice_changes_nothing()
    {
        const string Recipe = """
            { "steps": [
              { "step": "settings", "binDays": 90 },
              { "step": "departments", "departments": [ { "name": "North" }, { "name": "Riga", "parent": "North", "branch": true, "country": "LV" } ] },
              { "step": "roles", "roles": [ { "label": "Reader", "scope": "all", "permissions": ["ViewContacts"] } ] },
              { "step": "features", "disable": ["Crm.Files"] } ] }
            """;
        for (var i = 0; i < 2; i++)
            await RunAsync(r => r.RunAsync("test", Recipe, default));
        await host.InAsync(async db =>
        {
            var riga = await db.Set<Department>().SingleAsync(d => d.Name == "Riga");
            Assert.Equal(((Guid?)(await db.Set<Department>().SingleAsync(d => d.Name == "North")).Id, true, "LV"), (riga.ParentId, riga.IsBranch, riga.Country));
            Assert.Equal("reader", (await db.Set<Role>().SingleAsync(r => r.Label == "Reader")).Name);
        });
        Assert.Equal(90, host.Services.GetRequiredService<SiteSettings>().Now.BinDays);
        Assert.False(host.Services.GetRequiredService<ModuleSwitches>().IsOn("Crm.Files"));
        await RunAsync(r => r.RunAsync("test", """{ "steps": [ { "step": "features", "enable": ["Crm.Files"] } ] }""", default));
        Assert.True(host.Services.GetRequiredService<ModuleSwitches>().IsOn("Crm.Files"));
    }

    [Theory]
    [InlineData("nothing", "no JSON")]
    [InlineData("[]", "no list of steps")]
    [InlineData("""{ "steps": [ { "step": "departments", "departments": [ { "name": "Never made" } ] }, { "step": "dance" } ] }""", "Step 2 of the recipe 'test' is 'dance'")]
    [InlineData("""{ "steps": [ { "step": "departments", "departments": [ { "name": "Never made" } ] }, { "step": "features", "enable": ["Crm.Nothing"] } ] }""", "no feature 'Crm.Nothing'")]
    [InlineData("""{ "steps": [ { "step": "departments", "departments": [ { "name": "Never made", "parent": "Nowhere" } ] } ] }""", "must come before it")]
    [InlineData("""{ "steps": [ { "step": "departments", "departmnts": [] } ] }""", "departmnts")]
    [InlineData("""{ "steps": [ { "step": "roles", "roles": [ { "label": "X", "scope": "all", "permissions": ["FlyToMoon"] } ] } ] }""", "FlyToMoon")]
    [InlineData("""{ "steps": [ { "step": "settings", "country": "Atlantis" } ] }""", "country")]
    public async Task A_recipe_with_a_wrong_step_says_which_and_does_nothing(string recipe, string why)
    {
        var wrong = await Assert.ThrowsAsync<RuleViolation>(() => RunAsync(r => r.RunAsync("test", recipe, default)));
        Assert.Contains(why, wrong.Message, StringComparison.Ordinal);
        await host.InAsync(async db => Assert.False(await db.Set<Department>().AnyAsync(d => d.Name == "Never made")));
    }

    [Fact]
    public async Task Every_recipe_that_comes_with_the_program_runs()
    {
        IReadOnlyList<string> names = [];
        await RunAsync(r =>
        {
            names = r.Names();
            return Task.CompletedTask;
        });
        Assert.Contains("sample", names);
        foreach (var name in names)
            await RunAsync(r => r.RunAsync(name, default));
        var wrong = await Assert.ThrowsAsync<RuleViolation>(() => RunAsync(r => r.RunAsync("../appsettings", default)));
        Assert.Contains("sample", wrong.Message, StringComparison.Ordinal);
    }

    private async Task RunAsync(Func<RunRecipe, Task> work)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        await work(scope.ServiceProvider.GetRequiredService<RunRecipe>());
    }
}

public sealed class RecipesOnSqlite(SqliteHost host) : RunRecipeTests(host), IClassFixture<SqliteHost>;

public sealed class RecipesOnPostgres(PostgresHost host) : RunRecipeTests(host), IClassFixture<PostgresHost>;
