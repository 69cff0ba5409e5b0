using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.WordLists;

/// <summary>An administrator changes what colleagues choose from; what has a retired word keeps it.</summary>
public abstract class WordListTests(CrmHost host)
{
    private const string List = "activities.channels";

    [Fact]
    [Trait("F", "21")]
    public async Task A_new_word_is_at_every_door_at_once_and_a_retired_one_stays_where_it_is()
    {
        using var admin = await Browser.SignedInAsync(host, "admin");
        using var api = await host.ApiAsync(await new People(host).AdministratorAsync());
        var person = await MadeAsync(api, "people", new { firstName = "Anna", lastName = "Ozola" });
        var fax = await MadeAsync(api, "interactions", new { about = person, subject = "By fax", channel = "fax" });

        var words = Now().Select(o => (o.Value, o.Label, Icon: o.Icon ?? "", IsOffered: o.Value != "fax")).Append(("", "Carrier pigeon", "feather", true)).ToList();
        using var saved = await admin.PostAsync($"/admin/lists/{List}", Form(words));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);

        var pigeon = Assert.Single(Now(), o => o.Label == "Carrier pigeon");
        Assert.Equal(("carrier-pigeon", "feather"), (pigeon.Value, pigeon.Icon));
        await MadeAsync(api, "interactions", new { about = person, subject = "By air", channel = "carrier-pigeon" });
        var log = WebUtility.HtmlDecode(await admin.ReadAsync("/activities/interactions/log"));
        Assert.Contains("Carrier pigeon", log, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"fax\"", log, StringComparison.Ordinal);
        Assert.Equal("fax", (await api.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/interactions/{fax}", UriKind.Relative))).GetProperty("channel").GetString());
    }

    [Fact]
    public async Task What_makes_no_list_is_refused_in_words()
    {
        using var admin = await Browser.SignedInAsync(host, "admin");
        var words = Now().Select(o => (o.Value, o.Label, Icon: o.Icon ?? "", IsOffered: true)).ToList();
        foreach (var wrong in new List<(string, string, string, bool)>[]
        {
            [.. words, ("", words[0].Label, "", true)],
            [.. words.Skip(1)],
            [.. words, ("", new string('x', 61), "", true)],
            [.. words, ("", "Icon", "<script>", true)],
            [.. words.Select(w => (w.Value, w.Label, w.Icon, false))],
        })
        {
            using var answer = await admin.PostAsync($"/admin/lists/{List}", Form(wrong));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        }

        using var nothing = await admin.GetAsync("/admin/lists/nothing");
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
    }

    [Fact]
    public async Task Only_an_administrator_changes_lists()
    {
        var name = "list" + Guid.CreateVersion7().ToString("N");
        await new People(host).UserAsync(name, ReadyRoles.Sales);
        using var browser = await Browser.SignedInAsync(host, name);
        using var answer = await browser.GetAsync($"/admin/lists/{List}");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private IReadOnlyList<FieldOption> Now() => host.Services.GetRequiredService<IChoices>().Of(List);

    private static Dictionary<string, string> Form(IReadOnlyList<(string Value, string Label, string Icon, bool IsOffered)> words)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < words.Count; i++)
        {
            (form[$"Words[{i}].Value"], form[$"Words[{i}].Label"], form[$"Words[{i}].Icon"]) = (words[i].Value, words[i].Label, words[i].Icon);
            if (words[i].IsOffered)
                form[$"Words[{i}].IsOffered"] = "true";
        }

        return form;
    }

    private static async Task<Guid> MadeAsync(HttpClient api, string plural, object record)
    {
        using var answer = await api.PostAsJsonAsync(new Uri($"/api/v1/{plural}", UriKind.Relative), record);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }
}

/// <summary>On SQLite.</summary>
public sealed class WordListsOnSqlite(SqliteHost host) : WordListTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class WordListsOnPostgres(PostgresHost host) : WordListTests(host), IClassFixture<PostgresHost>;
