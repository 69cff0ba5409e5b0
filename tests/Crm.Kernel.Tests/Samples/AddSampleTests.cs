using Crm.Kernel.Samples;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Samples;

public sealed class SqliteAddSampleTests(SqliteHost host) : AddSampleTests(host), IClassFixture<SqliteHost>;

public sealed class PostgresAddSampleTests(PostgresHost host) : AddSampleTests(host), IClassFixture<PostgresHost>;

public abstract class AddSampleTests(CrmHost host)
{
    [Fact]
    public async Task The_sample_company_has_customers_and_notes_that_are_found()
    {
        await host.Services.GetRequiredService<AddSample>().RunAsync(People.Password, default);
        await host.InAsync(async db =>
        {
            var counts = await db.Records.GroupBy(r => r.Kind).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count);
            Assert.Equal((25, 8), (counts["person"], counts["organization"]));
            // Twenty who work somewhere, and the five that the rows tell.
            Assert.Equal(25, counts["relationship"]);
            Assert.Equal(8, counts["note"]);
            var notes = await db.Records.Where(r => r.Kind == "note").ToListAsync();
            Assert.Equal(4, notes.Select(n => n.CreatedById).Distinct().Count());
            Assert.DoesNotContain(notes, n => n.CreatedById is null || n.CreatedAt > n.UpdatedAt.AddHours(-20));
            Assert.DoesNotContain(await db.Records.Where(r => r.Kind == "person").ToListAsync(), r => r.OwnerId is null || r.DepartmentId is null);
        });
        var admin = await new People(host).AdministratorAsync();
        using var api = await host.ApiAsync(admin);
        foreach (var words in new[] { "berzina", "stankeviciute", "sjostrom", "王伟", "咖啡机", "grinder" })
        {
            var found = await api.GetStringAsync(new Uri($"/api/v1/search?q={Uri.EscapeDataString(words)}", UriKind.Relative));
            Assert.Contains("\"id\"", found, StringComparison.Ordinal);
        }
    }
}
