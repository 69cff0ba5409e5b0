using Crm.Contacts.Organizations;
using Crm.Contacts.People;
using Crm.Contacts.Relationships;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;

namespace Crm.Contacts.Tests.People;

/// <summary>The employer and the works-for relationship are one truth.</summary>
public abstract class WhenEmployerChangedTests(CrmHost host)
{
    [Fact]
    [Trait("F", "1")]
    public async Task Naming_an_employer_makes_the_relationship_in_the_same_save()
    {
        var (person, first, _) = await EmployedAsync();
        var job = Assert.Single(await JobsAsync(person));
        Assert.Equal((first, null, null), (job.ToId, job.Since, job.Until));
        Assert.Null(job.Spine.DeletedAt);
        Assert.Equal(person, job.Spine.DecidedById);
    }

    [Fact]
    public async Task An_employer_that_was_a_slip_leaves_no_trace()
    {
        var (person, first, second) = await EmployedAsync();
        await ChangeAsync(person, second);
        var jobs = await JobsAsync(person);
        Assert.NotNull(jobs.Single(j => j.ToId == first).Spine.DeletedAt);
        Assert.Null(jobs.Single(j => j.ToId == second).Spine.DeletedAt);
    }

    [Fact]
    public async Task A_job_of_long_ago_ends_and_the_new_one_begins()
    {
        var (person, first, second) = await EmployedAsync();
        await AgeAsync(person);
        await ChangeAsync(person, second);
        var jobs = await JobsAsync(person);
        Assert.NotNull(jobs.Single(j => j.ToId == first).Until);
        Assert.NotNull(jobs.Single(j => j.ToId == second).Since);
    }

    [Fact]
    public async Task Who_comes_back_takes_up_the_old_job()
    {
        var (person, first, second) = await EmployedAsync();
        await AgeAsync(person);
        await ChangeAsync(person, second);
        await ChangeAsync(person, first);
        var jobs = await JobsAsync(person);
        Assert.Equal(2, jobs.Count);
        Assert.Null(jobs.Single(j => j.ToId == first).Until);
    }

    [Fact]
    public async Task Adding_a_job_to_who_has_none_names_the_employer_and_removing_it_takes_him_away()
    {
        var (person, first, _) = await EmployedAsync();
        await ChangeAsync(person, null);
        await host.InAsync(async db => await new AddRelationship(db).RunAsync(Relationship.Between(person, first, RelationshipTypes.WorksFor), default));
        Assert.Equal(first, await EmployerAsync(person));
        await host.InAsync(async db =>
        {
            var job = await db.Set<Relationship>().Include(r => r.Spine).SingleAsync(r => r.FromId == person);
            var removal = new RemoveRelationship(db, TimeProvider.System);
            Assert.True(await removal.RunAsync(job, default));
        });
        Assert.Null(await EmployerAsync(person));
        await host.InAsync(async db =>
        {
            var job = await db.Set<Relationship>().Include(r => r.Spine).SingleAsync(r => r.FromId == person);
            await new RemoveRelationship(db, TimeProvider.System).UndoAsync(job, wasEmployer: true, default);
        });
        Assert.Equal(first, await EmployerAsync(person));
        Assert.Null(Assert.Single(await JobsAsync(person)).Spine.DeletedAt);
    }

    private async Task<(Guid Person, Guid First, Guid Second)> EmployedAsync()
    {
        var (person, first, second) = (Person.New(), Organization.New(), Organization.New());
        (person.LastName, first.Name, second.Name) = ("Bērziņa", "Rimi", "Maxima");
        await host.InAsync(async db =>
        {
            db.AddRange(first, second, person);
            person.OrganizationId = first.Id;
            await db.SaveChangesAsync();
        });
        return (person.Id, first.Id, second.Id);
    }

    private Task ChangeAsync(Guid person, Guid? employer) => host.InAsync(async db =>
    {
        (await db.Set<Person>().Include(p => p.Spine).SingleAsync(p => p.Id == person)).OrganizationId = employer;
        await db.SaveChangesAsync();
    });

    private Task AgeAsync(Guid person) => host.InAsync(async db =>
    {
        foreach (var job in await db.Set<Relationship>().Include(r => r.Spine).Where(r => r.FromId == person).ToListAsync())
            job.Spine.CreatedAt = job.Spine.CreatedAt.AddYears(-1);
        await db.SaveChangesAsync();
    });

    private async Task<Guid?> EmployerAsync(Guid person)
    {
        Guid? employer = null;
        await host.InAsync(async db => employer = await db.Set<Person>().Where(p => p.Id == person).Select(p => p.OrganizationId).SingleAsync());
        return employer;
    }

    private async Task<List<Relationship>> JobsAsync(Guid person)
    {
        var jobs = new List<Relationship>();
        await host.InAsync(async db => jobs = await db.Set<Relationship>().AsNoTracking().Include(r => r.Spine).Where(r => r.FromId == person).ToListAsync());
        return jobs;
    }
}

/// <summary>On SQLite.</summary>
public sealed class WhenEmployerChangedOnSqlite(SqliteHost host) : WhenEmployerChangedTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class WhenEmployerChangedOnPostgres(PostgresHost host) : WhenEmployerChangedTests(host), IClassFixture<PostgresHost>;
