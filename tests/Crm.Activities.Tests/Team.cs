using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Crm.Abstractions.Security;
using Crm.Kernel.Users;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Tests;

/// <summary>Colleagues of a test, each with a client of the API, and short words for what they do.</summary>
internal sealed class Team(CrmHost host)
{
    public const string Riga = "Europe/Riga";

    /// <summary>A salesperson in Riga, who sees his own customers and what is shared with him.</summary>
    public async Task<(Guid Id, string Name, HttpClient Api)> SalesAsync(string role = ReadyRoles.Sales)
    {
        var name = $"u{Guid.CreateVersion7():N}";
        var id = await new People(host).UserAsync(name, role);
        await host.InAsync(async db =>
        {
            (await db.Set<User>().FirstAsync(u => u.Id == id)).TimeZone = Riga;
            await db.SaveChangesAsync();
        });
        return (id, name, await host.ApiAsync(id));
    }

    public static async Task<Guid> MadeAsync(HttpClient api, string plural, object record)
    {
        using var answer = await api.PostAsJsonAsync(new Uri($"/api/v1/{plural}", UriKind.Relative), record);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    /// <summary>Changes fields of a record, whatever its version; gives the answer's status and text.</summary>
    public static async Task<(HttpStatusCode Status, string Text)> PatchAsync(HttpClient api, string plural, Guid id, object values)
    {
        using var change = new HttpRequestMessage(HttpMethod.Patch, new Uri($"/api/v1/{plural}/{id}", UriKind.Relative)) { Content = JsonContent.Create(values), Headers = { { "If-Match", "*" } } };
        using var answer = await api.SendAsync(change);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public static Task<Guid> PersonAsync(HttpClient api, string lastName = "Bērziņa") => MadeAsync(api, "people", new { firstName = "Anna", lastName });

    public static async Task<HttpStatusCode> DoAsync(HttpClient api, string plural, Guid id, string verb, object? input = null)
    {
        using var answer = await api.PostAsJsonAsync(new Uri($"/api/v1/{plural}/{id}/{verb}", UriKind.Relative), input ?? new { });
        return answer.StatusCode;
    }

    public static async Task<JsonElement> ReadAsync(HttpClient api, string url) => await api.GetFromJsonAsync<JsonElement>(new Uri(url, UriKind.Relative));

    public static async Task<List<JsonElement>> ListAsync(HttpClient api, string plural, string filter, string sort = "createdAt") =>
        [.. (await ReadAsync(api, $"/api/v1/{plural}?filter={Uri.EscapeDataString(filter)}&sort={sort}")).GetProperty("items").EnumerateArray()];
}
