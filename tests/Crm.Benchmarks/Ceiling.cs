using System.Data.Common;
using System.Net;
using System.Text;
using Crm.Kernel.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Crm.Benchmarks;

/// <summary>The least that a page of the same list could cost: a bare endpoint, one plain query, no sign-in and no rights.</summary>
internal sealed class Ceiling : IAsyncDisposable
{
    private const string Sql = """
        SELECT r.id, r.title, u.name FROM core_record r LEFT JOIN core_user u ON u.id = r.owner_id
        WHERE r.kind = 'person' AND r.deleted_at IS NULL ORDER BY r.sort_key, r.id LIMIT 50
        """;

    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private Ceiling(WebApplication app)
    {
        _app = app;
        _http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public static async Task<Ceiling> StartAsync(DatabaseOptions database)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/", async http => await WriteAsync(database, http.Response, http.RequestAborted));
        await app.StartAsync();
        return new Ceiling(app);
    }

    public Task AskAsync() => _http.GetByteArrayAsync(new Uri("/", UriKind.Relative));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    private static async Task WriteAsync(DatabaseOptions database, HttpResponse response, CancellationToken ct)
    {
        await using DbConnection connection = database.IsSqlite ? new SqliteConnection(database.ConnectionString) : new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = Sql;
        var page = new StringBuilder("<!doctype html><title>People</title><table>");
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                page.Append("<tr><td><a href=\"/contacts/people/").Append(reader.GetValue(0)).Append("\">").Append(WebUtility.HtmlEncode(reader.GetString(1)))
                    .Append("</a><td>").Append(WebUtility.HtmlEncode(reader.GetValue(2) as string)).Append('\n');
            }
        }

        response.ContentType = "text/html; charset=utf-8";
        await response.WriteAsync(page.ToString(), ct);
    }
}
