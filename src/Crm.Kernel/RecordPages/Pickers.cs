using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Crm.Kernel.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Crm.Kernel.RecordPages;

/// <summary>One thing to pick, as the theme's pickers read it.</summary>
internal sealed record Pick(string Value, string Text, string Hint);

/// <summary>What pickers ask while somebody types: records that he may see, colleagues, departments.</summary>
internal static class Pickers
{
    private const int Most = 20;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/records/pick", RecordsAsync);
        routes.MapGet("/users/pick", UsersAsync).AddEndpointFilter(ForStaffAsync);
        routes.MapGet("/departments/pick", DepartmentsAsync).AddEndpointFilter(ForStaffAsync);
    }

    // Who works here is nothing for those who may do nothing here, as customers of the portal.
    private static async ValueTask<object?> ForStaffAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var rights = await call.HttpContext.RequestServices.GetRequiredService<ICurrentUser>().RightsAsync(call.HttpContext.RequestAborted);
        return rights.IsSystem || rights.Permissions.Any() ? await next(call) : TypedResults.Forbid();
    }

    private static async Task<Ok<List<Pick>>> RecordsAsync(
        string? kinds, string? q, KernelDb db, RecordTypes types, TextSearch search, TitleKeys keys, IStringLocalizer<PageText> l, CancellationToken ct)
    {
        var named = (kinds ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var asked = types.All.Where(t => !t.IsUnion && t.HasPages && (named.Length == 0 || named.Contains(t.Name, StringComparer.OrdinalIgnoreCase))).Select(t => t.Name).ToList();
        var visible = (await db.VisibleRecordsAsync(asked, ct)).AsNoTracking();
        var words = Clip(q);
        // Names that begin so come first; then whatever the index knows.
        var match = keys.Match(words);
        var end = match + '\uffff';
        var byName = match.Length == 0 ? visible : visible.Where(r => r.Match.CompareTo(match) >= 0 && r.Match.CompareTo(end) < 0);
        var found = await byName.OrderBy(r => r.SortKey).ThenBy(r => r.Id).Take(Most).Select(r => new { r.Id, r.Kind, r.Title }).ToListAsync(ct);
        if (found.Count < Most && match.Length > 1)
        {
            var ids = await search.BestAsync(words, asked, Most, ct);
            var more = await visible.Where(r => ids.Contains(r.Id)).Select(r => new { r.Id, r.Kind, r.Title }).ToListAsync(ct);
            found.AddRange(more.OrderBy(m => IndexOf(ids, m.Id)).Where(m => found.TrueForAll(f => f.Id != m.Id)).Take(Most - found.Count));
        }

        return TypedResults.Ok(found.ConvertAll(r => new Pick(r.Id.ToString(), r.Title, l[types.Find(r.Kind)!.Label])));
    }

    private static async Task<Ok<List<Pick>>> UsersAsync(string? q, bool? me, KernelDb db, ICurrentUser user, IStringLocalizer<PageText> l, CancellationToken ct)
    {
        var words = Clip(q);
        var mine = (await user.RightsAsync(ct)).UserId;
        // All of them, for what is typed is folded as no database does it: a company has some thousand at most.
        var active = await db.Set<User>().AsNoTracking().Where(u => u.DisabledAt == null).OrderBy(u => u.Name).Select(u => new { u.Id, u.Name, u.Email, u.DepartmentId }).ToListAsync(ct);
        var departments = await db.Set<Department>().AsNoTracking().ToDictionaryAsync(d => d.Id, d => d.Name, ct);
        var found = active.Where(u => Contains(u.Name, words) || Contains(u.Email, words)).OrderByDescending(u => u.Id == mine).Take(Most)
            .Select(u => new Pick(u.Id.ToString(), u.Name, u.DepartmentId is { } d ? departments.GetValueOrDefault(d, "") : "")).ToList();
        if (me == true && (words.Length == 0 || Contains(l["Me"], words)))
            found.Insert(0, new Pick("me", l["Me"], ""));
        return TypedResults.Ok(found);
    }

    private static async Task<Ok<List<Pick>>> DepartmentsAsync(string? q, KernelDb db, CancellationToken ct)
    {
        var words = Clip(q);
        var all = await db.Set<Department>().AsNoTracking().OrderBy(d => d.Name).ToListAsync(ct);
        var names = all.ToDictionary(d => d.Id, d => d.Name);
        return TypedResults.Ok(all.Where(d => Contains(d.Name, words)).Take(50)
            .Select(d => new Pick(d.Id.ToString(), d.Name, d.ParentId is { } parent ? names[parent] : "")).ToList());
    }

    private static string Clip(string? q) => PlainText.Clip((q ?? "").Trim(), 200);

    private static bool Contains(string text, string words) => words.Length == 0 || Search.Fold.Text(text).Contains(Search.Fold.Text(words), StringComparison.Ordinal);

    private static int IndexOf(IReadOnlyList<Guid> ids, Guid id)
    {
        for (var i = 0; i < ids.Count; i++)
        {
            if (ids[i] == id)
                return i;
        }

        return ids.Count;
    }
}
