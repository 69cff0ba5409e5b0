using System.Net;
using System.Text;
using Crm.Abstractions.Security;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Tests.Import;

public sealed class SqliteImportPageTests(SqliteHost host) : ImportPageTests(host), IClassFixture<SqliteHost>;

public sealed class PostgresImportPageTests(PostgresHost host) : ImportPageTests(host), IClassFixture<PostgresHost>;

/// <summary>From the file to the undone import, as somebody does it on the pages.</summary>
public abstract class ImportPageTests(CrmHost host)
{
    private const string File = "External ID;Surname;Craft;Birthday\npg1;Pageson;Smith;1980-01-02\npg2;Pageby;Baker;nonsense\n";

    [Fact]
    public async Task A_file_is_mapped_tried_imported_and_undone()
    {
        using var admin = await Browser.SignedInAsync(host, "admin");
        Assert.Matches("<option[^>]*selected[^>]*value=\"person\"|<option[^>]*value=\"person\"[^>]*selected", await admin.ReadAsync("/admin/import?type=person"));
        var plan = await UploadAsync(admin, "person", "page.csv", File);
        var shown = await admin.ReadAsync(plan);
        Assert.Contains("Smith · Baker", WebUtility.HtmlDecode(shown), StringComparison.Ordinal);

        using var saved = await admin.PostAsync($"{plan}?handler=Save", Answers("jobTitle", "Crafts"), plan);
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        using var tried = await admin.PostAsync($"{plan}?handler=Check", Answers("jobTitle"), plan);
        Assert.Equal($"{plan}/run", tried.Headers.Location!.ToString());
        var trial = await EndAsync(admin, $"{plan}/run");
        Assert.Contains("This would happen", trial, StringComparison.Ordinal);
        Assert.Contains("nonsense", trial, StringComparison.Ordinal);
        await host.InAsync(async db => Assert.False(await db.Records.AnyAsync(r => r.ExternalId == "pg1")));

        using var begun = await admin.PostAsync($"{plan}/run", []);
        Assert.Contains("Done", await EndAsync(admin, $"{plan}/run"), StringComparison.Ordinal);
        await host.InAsync(async db => Assert.Equal("Pageson", (await db.Records.SingleAsync(r => r.ExternalId == "pg1")).Title));
        Assert.Contains("pg2", await admin.ReadAsync($"{plan}/run?handler=Bad"), StringComparison.Ordinal);

        Guid import = default;
        await host.InAsync(async db => import = (await db.Set<Crm.Kernel.Import.Import>().SingleAsync(i => i.FileName == "page.csv")).Id);
        Assert.Contains($"/admin/import/undo/{import}", await admin.ReadAsync("/admin/import"), StringComparison.Ordinal);
        using var undone = await admin.PostAsync($"/admin/import/undo/{import}", []);
        Assert.Contains("Done", await EndAsync(admin, undone.Headers.Location!.ToString()), StringComparison.Ordinal);
        Assert.Contains("Undone", await admin.ReadAsync($"/admin/import/undo/{import}"), StringComparison.Ordinal);
        await host.InAsync(async db => Assert.False(await db.Records.AnyAsync(r => r.ExternalId == "pg1")));

        Assert.Contains("Crafts", await admin.ReadAsync(await UploadAsync(admin, "person", "next.csv", File)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_file_or_not_ones_own_is_refused_in_words()
    {
        using var admin = await Browser.SignedInAsync(host, "admin");
        using var empty = await admin.UploadAsync("/admin/import", new() { ["Type"] = "person" }, "empty.csv", []);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        using var nothing = await admin.UploadAsync("/admin/import", new() { ["Type"] = "nothing" }, "a.csv", "a,b\n"u8.ToArray());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nothing.StatusCode);
        var odd = await UploadAsync(admin, "person", "odd.csv", "\0\0,\"\n");
        Assert.NotEmpty(await admin.ReadAsync(odd));
        using var wild = await admin.PostAsync($"{odd}?handler=Check", new() { ["Input.Columns[0]"] = "no.such", ["Input.Order"] = "7", ["Input.Owner"] = "x" }, odd);
        Assert.True((int)wild.StatusCode < 500);

        await new People(host).UserAsync("otto", ReadyRoles.Administrator);
        using var otto = await Browser.SignedInAsync(host, "otto");
        foreach (var url in new[] { odd, $"{odd}/run", $"/admin/import/undo/{Guid.CreateVersion7()}" })
        {
            using var answer = await otto.GetAsync(url);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    private static Dictionary<string, string> Answers(string craft, string name = "") => new()
    {
        ["Input.Columns[0]"] = "externalId",
        ["Input.Columns[1]"] = "lastName",
        ["Input.Columns[2]"] = craft,
        ["Input.Columns[3]"] = "birthday",
        ["Input.MappingName"] = name,
    };

    private static async Task<string> UploadAsync(Browser browser, string type, string name, string file)
    {
        using var sent = await browser.UploadAsync("/admin/import", new() { ["Type"] = type }, name, Encoding.UTF8.GetBytes(file));
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        return sent.Headers.Location!.ToString();
    }

    // The page asks again every second for as long as something runs.
    private static async Task<string> EndAsync(Browser browser, string url)
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var page = await browser.ReadAsync(url);
            if (!page.Contains("every 1s", StringComparison.Ordinal))
                return page;
            await Task.Delay(100);
        }

        throw new TimeoutException(url);
    }
}
