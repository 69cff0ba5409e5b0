using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Crm.Abstractions.Security;
using Crm.Testing;

namespace Crm.Kernel.Tests.Api;

/// <summary>Whatever comes in, the answer is a clear error.</summary>
public abstract class HostileRequestTests(CrmHost host) : IAsyncLifetime
{
    private HttpClient _me = null!;

    public async Task InitializeAsync() =>
        _me = await host.ApiAsync(await new People(host).UserAsync($"h{Guid.CreateVersion7():N}", ReadyRoles.Administrator));

    public Task DisposeAsync()
    {
        _me.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Without_a_valid_token_everything_is_401()
    {
        using var stranger = host.Anonymous();
        foreach (var path in new[] { "/api/v1/people", "/api/v1/people/1", "/api/v1/search?q=a", "/api/v1/nothing" })
            await stranger.RefusedAsync(401, HttpMethod.Get, path);
        stranger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "nonsense");
        await stranger.RefusedAsync(401, HttpMethod.Post, "/api/v1/people", "{}");
    }

    [Theory]
    [InlineData("/api/v1/nothing")]
    [InlineData("/api/v1")]
    [InlineData("/api/v1/people/1")]
    [InlineData("/api/v1/people/00000000-0000-0000-0000-000000000000")]
    [InlineData("/api/v1/people/00000000-0000-0000-0000-000000000000/timeline")]
    [InlineData("/api/v1/people/x/timeline")]

    [InlineData("/api/v1/people/1/2/3/4")]
    public async Task What_is_not_there_is_404(string path) => await _me.RefusedAsync(404, HttpMethod.Get, path);

    [Theory]
    [InlineData("filter=a")]
    [InlineData("filter=firstName%20eq%20%22%00%22")]
    [InlineData("filter=firstName%20eq%20%22a%22&filter=b")]
    [InlineData("sort=nothing")]
    [InlineData("sort=,")]
    [InlineData("fields=nothing")]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("limit=-1")]
    [InlineData("limit=x")]
    [InlineData("count=maybe")]
    [InlineData("after=x")]
    [InlineData("after=eyJ9")]
    [InlineData("q=%00")]
    public async Task A_question_that_cannot_be_read_is_400(string query) => await _me.RefusedAsync(400, HttpMethod.Get, "/api/v1/people?" + query);

    [Theory]
    [InlineData("/api/v1/search")]
    [InlineData("/api/v1/search?q=a&types=nothing")]
    [InlineData("/api/v1/search?q=a&after=x")]
    [InlineData("/api/v1/people/summary")]
    [InlineData("/api/v1/people/summary?group=firstName")]
    [InlineData("/api/v1/people/summary?group=owner&sum=firstName")]
    public async Task A_search_or_sum_that_cannot_be_read_is_400(string path) => await _me.RefusedAsync(400, HttpMethod.Get, path);

    [Theory]
    [InlineData("", 400)]
    [InlineData("{", 400)]
    [InlineData("[]", 400)]
    [InlineData("null", 400)]
    [InlineData("{\"firstName\":\"\\ud800\"}", 400)]
    [InlineData("{\"firstName\":\"\\u0000\"}", 422)]
    [InlineData("{\"firstName\":1}", 422)]
    [InlineData("{\"firstName\":{}}", 422)]
    [InlineData("{\"firstName\":[[]]}", 422)]
    [InlineData("{\"firstName\":[\"a\"]}", 422)]
    [InlineData("{\"emails\":\"a@example.org\",\"phones\":[1]}", 422)]
    [InlineData("{\"emails\":[{\"kind\":\"moon\",\"value\":\"a@example.org\"}]}", 422)]
    [InlineData("{\"emails\":[{\"kind\":1,\"value\":[]}]}", 422)]
    [InlineData("{\"children\":1e400}", 422)]
    [InlineData("{\"children\":99999999999999999999}", 422)]
    [InlineData("{\"children\":\"many\"}", 422)]
    [InlineData("{\"birthday\":\"1990-02-30\"}", 422)]
    [InlineData("{\"birthday\":19900230}", 422)]
    [InlineData("{\"organization\":\"x\"}", 422)]
    [InlineData("{\"organization\":\"00000000-0000-0000-0000-000000000001\"}", 422)]
    [InlineData("{\"owner\":\"00000000-0000-0000-0000-000000000001\"}", 422)]
    [InlineData("{\"firstName\":\"a\",\"firstName\":\"b\"}", 422)]
    [InlineData("{\"\":1}", 422)]
    [InlineData("{\"id\":\"1\",\"version\":2}", 422)]
    [InlineData("{\"tags\":[\"a\",1]}", 422)]
    public async Task A_body_that_makes_no_record_is_refused(string body, int status) => await _me.RefusedAsync(status, HttpMethod.Post, "/api/v1/people", body);

    [Fact]
    public async Task Other_media_broken_text_and_huge_bodies_are_refused()
    {
        Assert.Equal(415, await PostAsync(new StringContent("{}", Encoding.UTF8, "text/plain")));
        Assert.Equal(415, await PostAsync(new StringContent("{}", Encoding.Latin1, "application/json")));
        var broken = new ByteArrayContent([.. "{\"firstName\":\""u8, 0xC3, 0x28, .. "\"}"u8]);
        broken.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        Assert.Equal(400, await PostAsync(broken));
        Assert.Equal(413, await PostAsync(new StringContent($"{{\"firstName\":\"{new string('x', 2 << 20)}\"}}", Encoding.UTF8, "application/json")));
        var deep = new StringContent($"{{\"firstName\":{new string('[', 500)}{new string(']', 500)}}}", Encoding.UTF8, "application/json");
        Assert.Equal(400, await PostAsync(deep));
    }

    [Fact]
    public async Task A_method_that_an_address_does_not_take_is_405()
    {
        var (answer, _) = await _me.SendAsync(HttpMethod.Put, "/api/v1/people", "{}");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET", "POST"], answer.Content.Headers.Allow);
        await _me.RefusedAsync(405, HttpMethod.Post, "/api/v1/contacts", "{}");
    }

    [Fact]
    public async Task A_role_without_the_permission_gets_403()
    {
        using var customer = await host.ApiAsync(await new People(host).UserAsync($"c{Guid.CreateVersion7():N}", ReadyRoles.Customer));
        await customer.RefusedAsync(403, HttpMethod.Get, "/api/v1/people");
        await customer.RefusedAsync(403, HttpMethod.Get, $"/api/v1/people/{Guid.CreateVersion7()}");
        await customer.RefusedAsync(403, HttpMethod.Post, "/api/v1/people", "{}");
        Assert.Empty((await customer.GotAsync("/api/v1/search?q=a")).Titles());
        using var reader = await host.ApiAsync(await new People(host).UserAsync($"r{Guid.CreateVersion7():N}", ReadyRoles.Sales), "read");
        await reader.GotAsync("/api/v1/people");
        await reader.RefusedAsync(403, HttpMethod.Post, "/api/v1/people", new { lastName = "No" });
    }

    private async Task<int> PostAsync(HttpContent content)
    {
        using (content)
        {
            var answer = await _me.PostAsync("/api/v1/people", content);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            return (int)answer.StatusCode;
        }
    }
}

/// <summary>On SQLite.</summary>
public sealed class HostileRequestsOnSqlite(SqliteHost host) : HostileRequestTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class HostileRequestsOnPostgres(PostgresHost host) : HostileRequestTests(host), IClassFixture<PostgresHost>;
