using Crm.Contacts.Addresses;
using Crm.Contacts.Contacts;
using Crm.Contacts.People;
using Crm.Kernel.Users;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;

namespace Crm.Contacts.Tests.Contacts;

/// <summary>A number that names no country is read by what is known around it. These servers have no country of their own.</summary>
public abstract class WhenPhoneTypedTests(CrmHost host)
{
    [Fact]
    [Trait("F", "2")]
    public async Task The_country_of_the_department_or_of_one_above_it_counts()
    {
        var above = await new Crm.Testing.People(host).DepartmentAsync($"Baltics {Guid.CreateVersion7():N}");
        var below = await new Crm.Testing.People(host).DepartmentAsync($"Riga {Guid.CreateVersion7():N}", above);
        await host.InAsync(async db =>
        {
            (await db.Set<Department>().SingleAsync(d => d.Id == above)).Country = "LV";
            await db.SaveChangesAsync();
        });
        var person = Typed("67012345");
        person.Spine.DepartmentId = below;
        Assert.Equal(("+37167012345", false), await SavedAsync(person));
    }

    [Fact]
    public async Task The_country_of_an_address_counts_even_when_it_comes_later()
    {
        var person = Typed("202-224-3441");
        Assert.Equal(("202-224-3441", true), await SavedAsync(person));
        await host.InAsync(async db =>
        {
            var office = Address.Of(person.Id);
            (office.City, office.Country) = ("Cullman", "US");
            db.Add(office);
            await db.SaveChangesAsync();
        });
        Assert.Equal(("+12022243441", false), await PhoneAsync(person.Id));
    }

    [Fact]
    public async Task The_same_typed_number_again_changes_nothing()
    {
        var person = Typed("202-224-3442");
        await SavedAsync(person);
        await host.InAsync(async db =>
        {
            var office = Address.Of(person.Id);
            (office.City, office.Country) = ("Cullman", "US");
            db.Add(office);
            await db.SaveChangesAsync();
        });
        await host.InAsync(async db =>
        {
            var again = await db.Set<Person>().Include(p => p.Spine).Include(p => p.Points).SingleAsync(p => p.Id == person.Id);
            again.SetValues(PointType.Phone, [new("work", "202-224-3442")], null);
            Assert.Equal(0, await db.SaveChangesAsync());
        });
    }

    private static Person Typed(string phone)
    {
        var person = Person.New();
        person.LastName = "Cantwell";
        person.SetValues(PointType.Phone, [new("work", phone)], null);
        return person;
    }

    private async Task<(string, bool)> SavedAsync(Person person)
    {
        await host.InAsync(async db =>
        {
            db.Add(person);
            await db.SaveChangesAsync();
        });
        return await PhoneAsync(person.Id);
    }

    private async Task<(string, bool)> PhoneAsync(Guid person)
    {
        ContactPoint? point = null;
        await host.InAsync(async db => point = await db.Set<ContactPoint>().AsNoTracking().SingleAsync(p => p.RecordId == person));
        return (point!.Value, point.IsDoubtful);
    }
}

/// <summary>On SQLite.</summary>
public sealed class WhenPhoneTypedOnSqlite(SqliteHost host) : WhenPhoneTypedTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class WhenPhoneTypedOnPostgres(PostgresHost host) : WhenPhoneTypedTests(host), IClassFixture<PostgresHost>;
