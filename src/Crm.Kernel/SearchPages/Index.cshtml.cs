using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Modules;
using Crm.Kernel.Records;
using Crm.Kernel.Users;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.SearchPages;

/// <summary>The search over everything, with filters by type, owner and time.</summary>
internal sealed class IndexModel(RecordSearch search, KernelDb db, RecordTypes types, Contributions contributions, TimeProvider clock) : PageModel
{
    private const int PageSize = 25;

    public string Q { get; private set; } = "";

    public string Type { get; private set; } = "";

    public string Owner { get; private set; } = "";

    public int Since { get; private set; }

    /// <summary>The types of which the reader may find something.</summary>
    public IReadOnlyList<RecordType> Types { get; private set; } = [];

    public string? OwnerName { get; private set; }

    public SearchHits Found { get; private set; } = new([], null, false);

    public string? Wrong { get; private set; }

    public bool IsNarrowed => Type.Length > 0 || Owner.Length > 0 || Since > 0;

    public string? NextUrl => Found.Next is null ? null : UrlOf(Type, Owner, Since, Found.Next);

    public async Task OnGetAsync(string? q, string? type, string? owner, int since, string? after)
    {
        var ct = HttpContext.RequestAborted;
        var rights = await db.RightsAsync(ct);
        Q = Clip(q);
        Types = [.. types.All.Where(t => !t.IsUnion && !t.IsPartOfRecord && rights.May(t.ViewPermission) && contributions.IsOn(t.GetType(), rights))];
        Type = Types.FirstOrDefault(t => string.Equals(t.Name, type, StringComparison.OrdinalIgnoreCase))?.Name ?? "";
        Since = since is 7 or 30 or 365 ? since : 0;
        Guid? ownerId = owner == "me" ? rights.UserId : Guid.TryParse(owner, out var id) ? id : null;
        Owner = ownerId is null ? "" : owner!;
        OwnerName = ownerId is null ? null : await db.Set<User>().AsNoTracking().Where(u => u.Id == ownerId).Select(u => u.Name).FirstOrDefaultAsync(ct);
        if (Q.Length == 0)
            return;
        var limits = new SearchLimits(ownerId, Since > 0 ? clock.GetUtcNow().AddDays(-Since) : null);
        try
        {
            Found = await search.RunAsync(Q, Type.Length > 0 ? [Type] : [], limits, PageSize, after is { Length: > 0 } ? after : null, ct);
        }
        catch (BadFilter bad)
        {
            (Wrong, Response.StatusCode) = (bad.Message, 400);
        }
    }

    public string UrlOf(string type, string owner, int since, string? after = null)
    {
        var parts = new Dictionary<string, string?>(StringComparer.Ordinal) { ["q"] = Q };
        if (type.Length > 0)
            parts["type"] = type;
        if (owner.Length > 0)
            parts["owner"] = owner;
        if (since > 0)
            parts["since"] = since.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (after is not null)
            parts["after"] = after;
        return QueryHelpers.AddQueryString("/search", parts);
    }

    public static string Clip(string? q) => PlainText.Clip((q ?? "").Trim(), 500);
}
