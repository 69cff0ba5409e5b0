using Crm.Abstractions.Security;
using Crm.Kernel.Audit;
using Crm.Kernel.Data;
using Crm.Kernel.Users;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Admin.Audit;

/// <summary>Acts, newest first, by user, time and words.</summary>
[Permission("ViewAudit")]
internal sealed class IndexModel(KernelDb db, IUserZone zone, IStringLocalizer<AdminText> text) : PageModel
{
    private const int Size = 50;

    [BindProperty(SupportsGet = true, Name = "user")]
    public Guid? UserId { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? After { get; set; }

    public IReadOnlyDictionary<Guid, string> Names { get; private set; } = new Dictionary<Guid, string>();

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public string? NextUrl { get; private set; }

    public string NameOf(Guid? user) => user is { } id ? Names.GetValueOrDefault(id, text["Unknown"]) : text["System"];

    public async Task OnGetAsync(CancellationToken ct)
    {
        Names = await db.Set<User>().AsNoTracking().ToDictionaryAsync(u => u.Id, u => u.Name, ct);
        var acts = Filtered();
        if (After is { } after)
            acts = acts.Where(a => a.Id < after);
        // Ids are made in the order of time.
        Rows = await acts.OrderByDescending(a => a.Id).Take(Size + 1)
            .Select(a => new Row(a.Id, a.At, a.UserId, a.Door, a.What, db.Set<AuditChange>().Count(c => c.ActId == a.Id)))
            .ToListAsync(ct);
        if (Rows.Count <= Size)
            return;
        Rows = Rows.Take(Size).ToList();
        var query = new QueryBuilder(Request.Query.Where(p => p.Key != "after")) { { "after", Rows[^1].Id.ToString() } };
        NextUrl = Request.Path + query.ToQueryString().Value;
    }

    private IQueryable<AuditAct> Filtered()
    {
        var acts = db.Set<AuditAct>().AsNoTracking();
        if (UserId is { } user)
            acts = acts.Where(a => a.UserId == user);
        if (From is { } from)
        {
            var start = Instant(from);
            acts = acts.Where(a => a.At >= start);
        }

        if (To is { } to && to < DateOnly.MaxValue)
        {
            var end = Instant(to.AddDays(1));
            acts = acts.Where(a => a.At < end);
        }

        return string.IsNullOrWhiteSpace(Q) ? acts : acts.Where(a => a.What.Contains(Q.Trim()));
    }

    // A day is the reader's day.
    private DateTimeOffset Instant(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        var offset = day.Year is > 1 and < 9999 ? zone.Zone.GetUtcOffset(local) : TimeSpan.Zero;
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>An act as the list shows it.</summary>
    internal sealed record Row(Guid Id, DateTimeOffset At, Guid? UserId, string Door, string What, int Changes);
}
