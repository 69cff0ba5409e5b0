using System.Globalization;
using Crm.Abstractions.Data;
using Crm.Contacts.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Crm.Contacts.People;

/// <summary>By what an imported person without External ID is known: the first e-mail address, else name, birthday and employer together.</summary>
internal static class PersonKeys
{
    public static string? Email(Person person) =>
        person.Points.Find(p => p is { Type: PointType.Email, IsDoubtful: false })?.Normalized;

    public static string? Name(Person person) => Key(person.Spine.Match, person.Birthday, person.OrganizationId);

    public static async Task<ILookup<string, Guid>> ByEmailAsync(CrmDb db, IReadOnlyCollection<string> keys, CancellationToken ct)
    {
        var rows = await (
            from point in db.Set<ContactPoint>().AsNoTracking()
            where point.Type == PointType.Email && keys.Contains(point.Normalized)
            join person in db.Set<Person>() on point.RecordId equals person.Id
            where person.Spine.DeletedAt == null
            select new { person.Id, point.Normalized }).ToListAsync(ct);
        return rows.ToLookup(r => r.Normalized, r => r.Id, StringComparer.Ordinal);
    }

    public static async Task<ILookup<string, Guid>> ByNameAsync(CrmDb db, IReadOnlyCollection<string> keys, CancellationToken ct)
    {
        var names = keys.Select(k => k.Split('|')[0]).Distinct(StringComparer.Ordinal).ToList();
        var rows = await db.Set<Person>().AsNoTracking()
            .Where(p => p.Spine.Kind == Person.KindName && p.Spine.DeletedAt == null && names.Contains(p.Spine.Match))
            .Select(p => new { p.Id, p.Spine.Match, p.Birthday, p.OrganizationId }).ToListAsync(ct);
        return rows.ToLookup(r => Key(r.Match, r.Birthday, r.OrganizationId), r => r.Id, StringComparer.Ordinal);
    }

    private static string Key(string match, DateOnly? birthday, Guid? organization) =>
        string.Create(CultureInfo.InvariantCulture, $"{match.Replace('|', ' ')}|{birthday:yyyyMMdd}|{organization:N}");
}
