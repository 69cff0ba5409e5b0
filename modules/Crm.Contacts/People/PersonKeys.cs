using System.Globalization;
using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Contacts.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Crm.Contacts.People;

/// <summary>The keys by which a file's person finds the one that is there. A shared phone is no person, so the name goes with it.</summary>
internal static class PersonKeys
{
    public static NaturalKey<Person> Email { get; } = new("email", p => First(p, PointType.Email)?.Normalized, ByEmailAsync);

    public static NaturalKey<Person> Phone { get; } = new("phone", p => First(p, PointType.Phone) is { } phone ? $"{phone.Normalized}|{Upper(p.Title())}" : null, ByPhoneAsync);

    /// <summary>Namesakes are told apart by employer and birthday.</summary>
    public static NaturalKey<Person> Name { get; } = new("name", p => NameOf(p.Spine.Match, p.Birthday, p.OrganizationId), ByNameAsync);

    private static ContactPoint? First(Person person, PointType type) =>
        person.Points.Where(p => p.Type == type && p.Normalized.Length > 0).MinBy(p => p.Position);

    private static string NameOf(string match, DateOnly? birthday, Guid? organization) =>
        string.Create(CultureInfo.InvariantCulture, $"{match.Replace('|', ' ')}|{birthday:yyyyMMdd}|{organization:N}");

    private static string Upper(string title) => title.ToUpperInvariant();

    private static async Task<ILookup<string, Guid>> ByEmailAsync(CrmDb db, IReadOnlyCollection<string> keys, CancellationToken ct) =>
        (await PointsAsync(db, PointType.Email, keys, ct)).ToLookup(p => p.Normalized, p => p.Id);

    private static async Task<ILookup<string, Guid>> ByPhoneAsync(CrmDb db, IReadOnlyCollection<string> keys, CancellationToken ct) =>
        (await PointsAsync(db, PointType.Phone, keys.Select(k => k[..k.IndexOf('|', StringComparison.Ordinal)]).Distinct().ToList(), ct))
            .ToLookup(p => $"{p.Normalized}|{Upper(p.Title)}", p => p.Id);

    private static async Task<ILookup<string, Guid>> ByNameAsync(CrmDb db, IReadOnlyCollection<string> keys, CancellationToken ct)
    {
        var names = keys.Select(k => k.Split('|')[0]).Distinct(StringComparer.Ordinal).ToList();
        var rows = await db.Set<Person>().AsNoTracking()
            .Where(p => p.Spine.Kind == Person.KindName && p.Spine.DeletedAt == null && names.Contains(p.Spine.Match))
            .Select(p => new { p.Id, p.Spine.Match, p.Birthday, p.OrganizationId }).ToListAsync(ct);
        return rows.ToLookup(r => NameOf(r.Match, r.Birthday, r.OrganizationId), r => r.Id, StringComparer.Ordinal);
    }

    private static async Task<List<Found>> PointsAsync(CrmDb db, PointType type, IReadOnlyCollection<string> values, CancellationToken ct) =>
        await db.Set<ContactPoint>().AsNoTracking().Where(p => p.Type == type && values.Contains(p.Normalized))
            .Join(db.Set<Person>().Where(p => p.Spine.DeletedAt == null), p => p.RecordId, p => p.Id, (point, person) => new Found(person.Id, point.Normalized, person.Spine.Title))
            .Distinct().ToListAsync(ct);

    private sealed record Found(Guid Id, string Normalized, string Title);
}
