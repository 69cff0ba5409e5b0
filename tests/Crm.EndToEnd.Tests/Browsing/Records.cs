using System.Net.Http.Json;
using System.Text.Json;
using Crm.Testing;

namespace Crm.EndToEnd.Tests.Browsing;

/// <summary>Adds what a journey begins with, as another program would: by the API.</summary>
internal sealed class Records(CrmHost host, Guid user)
{
    /// <summary>Adds a person and says where the page is.</summary>
    public Task<string> PersonAsync(string first, string last, string job = "") =>
        AddAsync("people", new { firstName = first, lastName = last, jobTitle = job });

    public Task<string> OrganizationAsync(string name) => AddAsync("organizations", new { name });

    public async Task NoteAsync(string page, string text)
    {
        using var api = await host.ApiAsync(user);
        using var answer = await api.PostAsJsonAsync(new Uri($"/api/v1/people/{page[(page.LastIndexOf('/') + 1)..]}/notes", UriKind.Relative), new { text });
        answer.EnsureSuccessStatusCode();
    }

    private async Task<string> AddAsync(string plural, object values)
    {
        using var api = await host.ApiAsync(user);
        using var answer = await api.PostAsJsonAsync(new Uri($"/api/v1/{plural}", UriKind.Relative), values);
        answer.EnsureSuccessStatusCode();
        var record = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return record.GetProperty("url").GetString()!;
    }
}
