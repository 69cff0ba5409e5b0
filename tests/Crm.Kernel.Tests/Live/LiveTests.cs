using System.Net;
using System.Text.Json;
using Crm.Abstractions.Notifications;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Jobs;
using Crm.Kernel.Security;
using Crm.Kernel.Users;
using Crm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Live;

/// <summary>Open pages hear of notices and of changes by others, and of nothing that is not theirs to see.</summary>
public abstract class LiveTests(CrmHost host)
{
    private readonly People _people = new(host);
    private readonly string _mark = Guid.CreateVersion7().ToString("N");

    [Fact]
    [Trait("F", "13")]
    public async Task A_change_by_a_colleague_reaches_the_open_page_and_ones_own_does_not()
    {
        var (me, colleague) = (await _people.UserAsync("a" + _mark, ReadyRoles.Service), await _people.UserAsync("b" + _mark, ReadyRoles.Service));
        var person = await PersonAsync(colleague);
        using var browser = await Browser.SignedInAsync(host, "a" + _mark);
        using var page = await StreamAsync(browser, $"/events?watch={person}");
        Assert.Equal("notices 0", await page.NextAsync());

        await ChangeAsync(me, person, "Mine");
        await ChangeAsync(colleague, person, "Theirs");

        Assert.Equal("changed ", await page.NextAsync());
        await ToldAsync(me, person);
        Assert.Equal("notices 1", await page.NextAsync());
    }

    [Fact]
    [Trait("F", "13")]
    public async Task Nobody_hears_of_records_that_he_may_not_see()
    {
        var owner = await _people.UserAsync("c" + _mark, ReadyRoles.Service);
        var stranger = await _people.UserAsync("d" + _mark, ReadyRoles.Sales);
        var person = await PersonAsync(owner);
        using var browser = await Browser.SignedInAsync(host, "d" + _mark);
        using var page = await StreamAsync(browser, $"/events?watch={person}&watch=nonsense");
        Assert.Equal("notices 0", await page.NextAsync());
        await ToldAsync(stranger, person);
        Assert.Equal("notices 0", await page.NextAsync());
        await ChangeAsync(owner, person, "Changed");
        await ToldAsync(stranger, null);
        Assert.Equal("notices 1", await page.NextAsync());
        var text = await browser.ReadAsync("/notifications");
        Assert.Contains("For you alone", text, StringComparison.Ordinal);
        Assert.DoesNotContain("About a customer", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notice_opened_is_read_and_leads_where_it_says()
    {
        var me = await _people.UserAsync("e" + _mark, ReadyRoles.Service);
        var person = await PersonAsync(me);
        await ToldAsync(me, person);
        using var browser = await Browser.SignedInAsync(host, "e" + _mark);
        var list = await browser.ReadAsync("/notifications");
        var link = System.Text.RegularExpressions.Regex.Match(list, "/notifications\\?open=[0-9a-f-]{36}").Value;
        using var opened = await browser.GetAsync(link);
        Assert.Equal($"/contacts/people/{person}", opened.Headers.Location!.OriginalString);
        Assert.DoesNotContain("is-new", await browser.ReadAsync("/notifications"), StringComparison.Ordinal);
        using var other = await Browser.SignedInAsync(host, "admin");
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(link)).StatusCode);
        await ToldAsync(me, person);
        using var all = await browser.PostAsync("/notifications", []);
        Assert.DoesNotContain("is-new", await browser.ReadAsync("/notifications"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Administrators_are_told_of_a_late_job()
    {
        await host.InAsync(async db =>
        {
            (await db.Set<JobState>().FindAsync("files.remove-remains"))!.SucceededAt = TimeProvider.System.GetUtcNow().AddDays(-3);
            await db.SaveChangesAsync();
        });
        await host.Services.GetRequiredService<JobWatch>().LookAsync(default);
        using var admin = await Browser.SignedInAsync(host, "admin");
        Assert.Contains("Remove remains of files” has not succeeded", WebUtility.HtmlDecode(await admin.ReadAsync("/notifications")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deactivated_users_stream_ends()
    {
        var me = await _people.UserAsync("f" + _mark, ReadyRoles.Service);
        using var browser = await Browser.SignedInAsync(host, "f" + _mark);
        using var page = await StreamAsync(browser, "/events");
        Assert.Equal("notices 0", await page.NextAsync());
        await using (var scope = host.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
            await scope.ServiceProvider.GetRequiredService<DisableUser>().RunAsync(me, null, default);
        }

        await ToldAsync(me, null);
        Assert.Null(await page.NextAsync());
        using var anonymous = new Browser(host);
        Assert.Equal(HttpStatusCode.Redirect, (await anonymous.GetAsync("/events")).StatusCode);
    }

    internal static void Add(IServiceCollection services) =>
        Crm.Abstractions.Modules.ModuleServices.AddNoticeKind(services, new NoticeKind("test.tell", "Tests", "bell", NoticeMail.Never) { Texts = typeof(LiveTests) });

    private static async Task<Listening> StreamAsync(Browser browser, string url) => new(await browser.OpenAsync(url));

    private async Task<Guid> PersonAsync(Guid user)
    {
        using var api = await host.ApiAsync(user);
        using var made = await api.PostAsync(new Uri("/api/v1/people", UriKind.Relative), new StringContent("""{"lastName":"Watched"}""", null, "application/json"));
        return JsonDocument.Parse(await made.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetGuid();
    }

    private async Task ChangeAsync(Guid user, Guid person, string name)
    {
        using var api = await host.ApiAsync(user);
        using var change = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/people/{person}") { Content = new StringContent($$"""{"lastName":"{{name}}"}""", null, "application/json"), Headers = { { "If-Match", "*" } } };
        using var answer = await api.SendAsync(change);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private async Task ToldAsync(Guid user, Guid? record)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        scope.ServiceProvider.GetRequiredService<INotices>().Tell(new Notice(user, "test.tell", record is null ? "For you alone" : "About a customer") { RecordId = record });
        await scope.ServiceProvider.GetRequiredService<KernelDb>().SaveChangesAsync();
    }

    /// <summary>Reads events as a page does.</summary>
    private sealed class Listening(Stream stream) : IDisposable
    {
        private readonly StreamReader _reader = new(stream);

        /// <summary>The next event as its name and data; null at the end.</summary>
        public async Task<string?> NextAsync()
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            var name = "";
            while (await _reader.ReadLineAsync(limit.Token) is { } line)
            {
                if (line.StartsWith("event: ", StringComparison.Ordinal))
                    name = line[7..];
                else if (line.StartsWith("data: ", StringComparison.Ordinal))
                    return $"{name} {line[6..]}";
            }

            return null;
        }

        public void Dispose() => _reader.Dispose();
    }
}

/// <summary>A server on SQLite with a kind of notice for tests.</summary>
public sealed class SqliteLiveHost : SqliteHost
{
    /// <inheritdoc/>
    protected override void Configure(IServiceCollection services) => LiveTests.Add(services);
}

/// <summary>A server on PostgreSQL with a kind of notice for tests.</summary>
public sealed class PostgresLiveHost : PostgresHost
{
    /// <inheritdoc/>
    protected override void Configure(IServiceCollection services) => LiveTests.Add(services);
}

/// <summary>On SQLite.</summary>
public sealed class SqliteLiveTests(SqliteLiveHost host) : LiveTests(host), IClassFixture<SqliteLiveHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresLiveTests(PostgresLiveHost host) : LiveTests(host), IClassFixture<PostgresLiveHost>;
