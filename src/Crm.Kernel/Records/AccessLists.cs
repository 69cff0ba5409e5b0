using Crm.Kernel.Data;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Records;

/// <summary>Who manages records beside the owner, and with whom they are shared, so that deeds about that can be taken back.</summary>
internal sealed class AccessLists
{
    private const string Derived = " derived";
    private readonly ILookup<Guid, string> _rows;

    private AccessLists(ILookup<Guid, string> rows) => _rows = rows;

    public static async Task<AccessLists> ReadAsync(KernelDb db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var managers = await db.Set<RecordManager>().AsNoTracking().Where(m => ids.Contains(m.RecordId)).ToListAsync(ct);
        var shares = await db.Set<RecordShare>().AsNoTracking().Where(s => ids.Contains(s.RecordId)).ToListAsync(ct);
        return new AccessLists(managers.Select(m => (m.RecordId, Row: $"manager {m.UserId}")).Concat(shares.Select(s => (s.RecordId, Row: $"{(s.MayEdit ? "edit" : "read")} {s.PrincipalId}{(s.IsDerived ? Derived : "")}")))
            .OrderBy(r => r.Row, StringComparer.Ordinal).ToLookup(r => r.RecordId, r => r.Row));
    }

    public IReadOnlyList<string> Of(Guid record) => [.. _rows[record]];

    /// <summary>Gives a record the list before; false where it is no more what was made of it.</summary>
    public bool Restore(KernelDb db, Guid record, IReadOnlyList<string> before, IReadOnlyList<string> after, DateTimeOffset now)
    {
        if (!Of(record).SequenceEqual(after, StringComparer.Ordinal))
            return false;
        foreach (var gone in after.Except(before, StringComparer.Ordinal))
            db.Remove(Row(gone, record, now));
        // What is changed only in kind has the same key: it goes before it comes.
        foreach (var back in before.Except(after, StringComparer.Ordinal))
        {
            var row = Row(back, record, now);
            if (row is RecordShare share && db.ChangeTracker.Entries<RecordShare>().FirstOrDefault(e => e.Entity.PrincipalId == share.PrincipalId && e.Entity.RecordId == record) is { } there)
            {
                there.State = EntityState.Modified;
                (there.Entity.MayEdit, there.Entity.IsDerived) = (share.MayEdit, share.IsDerived);
            }
            else
            {
                db.Add(row);
            }
        }

        return true;
    }

    private static object Row(string text, Guid record, DateTimeOffset now)
    {
        var (kind, id) = (text.Split(' ')[0], Guid.Parse(text.Split(' ')[1]));
        return kind == "manager"
            ? new RecordManager { UserId = id, RecordId = record }
            : new RecordShare { PrincipalId = id, RecordId = record, MayEdit = kind == "edit", At = now, IsDerived = text.EndsWith(Derived, StringComparison.Ordinal) };
    }
}
