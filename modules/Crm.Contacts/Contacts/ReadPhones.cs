using System.Globalization;
using Crm.Abstractions.Data;
using Crm.Contacts.Phones;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Crm.Contacts.Contacts;

/// <summary>Reads phone numbers anew that could not be read when they were given: the company's country may have been chosen since.</summary>
[DisallowConcurrentExecution]
internal sealed class ReadPhones(CrmDb db, PhoneCountry country) : IJob
{
    private const int Chunk = 200;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var read = await RunAsync(cancellationToken);
        context.Result = read == 0 ? null : read.ToString(CultureInfo.InvariantCulture);
    }

    /// <returns>How many can be read now.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var (read, after) = (0, Guid.Empty);
        while (country.Site is { } site)
        {
            var from = after;
            var doubtful = await db.Set<ContactPoint>().AsNoTracking().Where(p => p.Id > from && p.Type == PointType.Phone && p.IsDoubtful)
                .OrderBy(p => p.Id).Take(Chunk).Select(p => new { p.Id, p.Kind, p.Typed }).ToListAsync(ct);
            var now = doubtful.Where(p => !PointText.Phone(p.Kind, p.Typed, site).IsDoubtful).Select(p => p.Id).ToList();
            if (now.Count > 0)
                read += await TakeAsync(now, site, ct);
            if (doubtful.Count < Chunk)
                break;
            after = doubtful[^1].Id;
        }

        return read;
    }

    private async Task<int> TakeAsync(List<Guid> points, string site, CancellationToken ct)
    {
        var read = 0;
        await db.WriteAsync(
            async inner =>
            {
                var found = await db.Set<ContactPoint>().Where(p => points.Contains(p.Id) && p.IsDoubtful).ToListAsync(inner);
                foreach (var point in found)
                    point.Take(PointText.Phone(point.Kind, point.Typed, site));
                read = found.Count;
                await db.SaveChangesAsync(inner);
            },
            ct);
        db.ChangeTracker.Clear();
        return read;
    }
}
