using Crm.Abstractions.Records;
using Crm.Contacts.Organizations;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;

namespace Crm.Contacts.Tests.Organizations;

/// <summary>The hierarchy of organisations has no ring.</summary>
public abstract class WhenParentChangedTests(CrmHost host)
{
    [Fact]
    public async Task An_organisation_cannot_be_a_part_of_its_own_part()
    {
        var (top, middle, bottom) = (Named("Senate"), Named("Committee"), Named("Subcommittee"));
        (middle.ParentId, bottom.ParentId) = (top.Id, middle.Id);
        await host.InAsync(async db =>
        {
            db.AddRange(top, middle, bottom);
            await db.SaveChangesAsync();
        });
        await host.InAsync(async db =>
        {
            (await db.Set<Organization>().Include(o => o.Spine).SingleAsync(o => o.Id == top.Id)).ParentId = bottom.Id;
            var refused = await Assert.ThrowsAsync<RuleViolation>(() => db.SaveChangesAsync());
            Assert.Contains("parent", refused.Errors.Keys);
        });
        await host.InAsync(async db => Assert.Null((await db.Set<Organization>().AsNoTracking().SingleAsync(o => o.Id == top.Id)).ParentId));
    }

    [Fact]
    public async Task Nor_do_two_who_save_at_once_make_a_ring()
    {
        for (var round = 0; round < 8; round++)
        {
            var (one, other) = (Named("One"), Named("Other"));
            await host.InAsync(async db =>
            {
                db.AddRange(one, other);
                await db.SaveChangesAsync();
            });
            await Task.WhenAll(UnderAsync(one.Id, other.Id), UnderAsync(other.Id, one.Id));
            await host.InAsync(async db => Assert.Equal(1, await db.Set<Organization>().CountAsync(o => (o.Id == one.Id || o.Id == other.Id) && o.ParentId != null)));
        }
    }

    private async Task UnderAsync(Guid part, Guid whole)
    {
        try
        {
            await host.InAsync(async db =>
            {
                (await db.Set<Organization>().Include(o => o.Spine).SingleAsync(o => o.Id == part)).ParentId = whole;
                await db.SaveChangesAsync();
            });
        }
        catch (RuleViolation refused)
        {
            Assert.Contains("parent", refused.Errors.Keys);
        }
    }

    private static Organization Named(string name)
    {
        var organization = Organization.New();
        organization.Name = name;
        return organization;
    }
}

/// <summary>On SQLite.</summary>
public sealed class WhenParentChangedOnSqlite(SqliteHost host) : WhenParentChangedTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class WhenParentChangedOnPostgres(PostgresHost host) : WhenParentChangedTests(host), IClassFixture<PostgresHost>;
