using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Crm.Abstractions.Security;
using Crm.Kernel.Import;
using Crm.Kernel.Modules;
using Crm.Kernel.Records;
using Crm.Kernel.Settings;
using Crm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Notes.Tests.Template;

/// <summary>A module made from the template, built, dropped in as a plugin and used through every door that it gets.</summary>
public abstract class ServedModuleTests(CrmHost host)
{
    [Fact]
    public async Task It_runs()
    {
        var catalog = host.Services.GetRequiredService<ModuleCatalog>();
        Assert.Empty(catalog.FailedModules);
        Assert.Contains(catalog.Modules, m => m.Id == "Crm.TemplateTrials");
        await new People(host).AdministratorAsync();
        using var browser = await Browser.SignedInAsync(host, "admin");
        Assert.Contains("href=\"/templatetrials/trials\"", await browser.ReadAsync("/contacts/people"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_is_made_read_changed_and_deleted_by_API()
    {
        using var admin = await AdminAsync();
        var made = await MadeAsync(admin, "How was the delivery?\nAsked in May");
        var url = "/api/v1/trials/" + made.GetProperty("id").GetString();
        Assert.Equal("How was the delivery?", made.GetProperty("title").GetString());
        using (var change = new HttpRequestMessage(HttpMethod.Patch, Url(url)) { Content = JsonContent.Create(new { text = "How was the repair?" }) })
        {
            change.Headers.TryAddWithoutValidation("If-Match", (await admin.GetAsync(Url(url))).Headers.ETag!.ToString());
            Assert.Equal("How was the repair?", (await ReadAsync(await admin.SendAsync(change))).GetProperty("title").GetString());
        }

        using var delete = new HttpRequestMessage(HttpMethod.Delete, Url(url));
        delete.Headers.TryAddWithoutValidation("If-Match", (await admin.GetAsync(Url(url))).Headers.ETag!.ToString());
        Assert.True((await admin.SendAsync(delete)).IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync(Url(url))).StatusCode);
    }

    [Fact]
    public async Task An_empty_one_is_refused_at_its_field()
    {
        using var admin = await AdminAsync();
        using var answer = await admin.PostAsJsonAsync(Url("/api/v1/trials"), new { text = " " });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("\"text\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_has_a_list_a_form_and_a_record_page()
    {
        using var admin = await AdminAsync();
        var id = (await MadeAsync(admin, "Shown on three pages")).GetProperty("id").GetString();
        using var browser = await Browser.SignedInAsync(host, "admin");
        foreach (var page in new[] { "/templatetrials/trials", $"/templatetrials/trials/{id}", $"/templatetrials/trials/{id}/edit" })
            Assert.Contains("Shown on three pages", await browser.ReadAsync(page), StringComparison.Ordinal);
        Assert.Contains("<form", await browser.ReadAsync("/templatetrials/trials/new"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_very_next_search_finds_it()
    {
        using var admin = await AdminAsync();
        var id = (await MadeAsync(admin, "Were you Žoržs?")).GetProperty("id").GetString();
        Assert.Contains(id!, await admin.GetStringAsync(Url("/api/v1/search?q=zorzs")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_salesperson_sees_his_own_and_a_customer_none()
    {
        using var admin = await AdminAsync();
        await MadeAsync(admin, "Of the administrator");
        var people = new People(host);
        using var seller = await host.ApiAsync(await people.UserAsync("seller" + Guid.CreateVersion7().ToString("N"), ReadyRoles.Sales));
        await MadeAsync(seller, "Of the seller");
        var seen = await seller.GetStringAsync(Url("/api/v1/trials"));
        Assert.Contains("Of the seller", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("Of the administrator", seen, StringComparison.Ordinal);
        using var customer = await host.ApiAsync(await people.UserAsync("buyer" + Guid.CreateVersion7().ToString("N"), ReadyRoles.Customer));
        Assert.Equal(HttpStatusCode.Forbidden, (await customer.GetAsync(Url("/api/v1/trials"))).StatusCode);
    }

    [Fact]
    public async Task A_file_is_imported_and_importing_it_again_changes_nothing()
    {
        const string File = "External ID,Text\nS-1,First question\nS-2,Second question\n";
        Assert.Equal("imported 2: 2 created, 0 updated, 0 unchanged, 0 failed", await ImportAsync(File));
        Assert.Equal("imported 2: 0 created, 0 updated, 2 unchanged, 0 failed", await ImportAsync(File));
        using var admin = await AdminAsync();
        Assert.Contains("Second question", await admin.GetStringAsync(Url("/api/v1/trials?limit=200")), StringComparison.Ordinal);
    }

    private static Uri Url(string path) => new(path, UriKind.Relative);

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task<JsonElement> MadeAsync(HttpClient client, string text) =>
        await ReadAsync(await client.PostAsJsonAsync(Url("/api/v1/trials"), new { text }));

    private async Task<HttpClient> AdminAsync() => await host.ApiAsync(await new People(host).AdministratorAsync());

    private async Task<string> ImportAsync(string text)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var actor = scope.ServiceProvider.GetRequiredService<Kernel.Security.Actor>();
        (actor.IsSystem, actor.Door) = (true, "command");
        var types = scope.ServiceProvider.GetRequiredService<RecordTypes>();
        var planner = new PlanImport(types, scope.ServiceProvider.GetRequiredService<SiteSettings>());
        var (plan, file) = await planner.RunAsync(types.Find("trial")!, new MemoryStream(Encoding.UTF8.GetBytes(text)), new ImportMap(), null, CancellationToken.None);
        var run = ActivatorUtilities.CreateInstance<ImportRun>(scope.ServiceProvider);
        return (await run.RunAsync(plan, file, new ImportOptions("trials.csv"), _ => Task.CompletedTask, _ => Task.CompletedTask, CancellationToken.None)).ToString();
    }
}

/// <summary>On SQLite.</summary>
public sealed class ServedOnSqlite(ServedOnSqlite.Host host) : ServedModuleTests(host), IClassFixture<ServedOnSqlite.Host>
{
    /// <summary>A server with the new module.</summary>
    public sealed class Host : SqliteHost
    {
        /// <inheritdoc/>
        protected override async Task DatabaseAsync(IDictionary<string, string?> settings)
        {
            await base.DatabaseAsync(settings);
            settings["Plugins:Directory"] = await TrialsPlugin.Folder;
        }
    }
}

/// <summary>On PostgreSQL.</summary>
public sealed class ServedOnPostgres(ServedOnPostgres.Host host) : ServedModuleTests(host), IClassFixture<ServedOnPostgres.Host>
{
    /// <summary>A server with the new module.</summary>
    public sealed class Host : PostgresHost
    {
        /// <inheritdoc/>
        protected override async Task DatabaseAsync(IDictionary<string, string?> settings)
        {
            await base.DatabaseAsync(settings);
            settings["Plugins:Directory"] = await TrialsPlugin.Folder;
        }
    }
}

/// <summary>The folder of plugins that has the new module, built once.</summary>
internal static class TrialsPlugin
{
    private static readonly Lazy<Task<string>> _folder = new(MakeAsync);

    public static Task<string> Folder => _folder.Value;

    private static async Task<string> MakeAsync()
    {
        var module = await NewModule.Trials;
        var built = await NewModule.BuildAsync(module);
        var plugins = Path.Combine(Path.GetDirectoryName(module)!, "plugins");
        Directory.CreateDirectory(plugins);
        Directory.Move(built, Path.Combine(plugins, "Crm.TemplateTrials"));
        return plugins;
    }
}
