using System.Linq.Expressions;
using Crm.Abstractions.Notifications;
using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Crm.Kernel.Search;
using Crm.Kernel.Security;
using Crm.Kernel.SignIn;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Crm.Kernel.Notifications;

/// <summary>Tells colleagues who are named in a text as <c>@Anna Bērziņa</c>, once: whoever stood in it before the save was told then.</summary>
internal sealed class Mentions(RecordTypes types, INotices notices, Actor actor)
{
    public static NoticeKind Kind { get; } = new("core.mention", "A colleague names me in a text", "at", NoticeMail.AtOnce) { Texts = typeof(SignInText) };

    /// <summary>Before the flush of the unit that writes the texts.</summary>
    public async Task TellAsync(KernelDb db, CancellationToken ct)
    {
        // Who wrote a sample company's past names nobody.
        if (actor.UserId is not { } me)
            return;
        var written = db.ChangeTracker.Entries<IRecord>().Where(e => e.State is EntityState.Added or EntityState.Modified).SelectMany(Texts).ToList();
        if (written.Count == 0)
            return;
        var colleagues = (await db.Set<User>().AsNoTracking().Where(u => u.DisabledAt == null && u.Id != me).Select(u => new { u.Id, u.Name }).ToListAsync(ct))
            .ConvertAll(u => (u.Id, Name: "@" + Fold.Text(u.Name)));
        var mine = await db.Set<User>().AsNoTracking().Where(u => u.Id == me).Select(u => u.Name).FirstOrDefaultAsync(ct) ?? "";
        foreach (var (record, before, after) in written)
        {
            foreach (var user in Named(after, colleagues).Except(Named(before, colleagues)))
                notices.Tell(new Notice(user, Kind.Name, "{0} names you in {1}", mine, record.Spine.Title) { RecordId = record.Id });
        }
    }

    // Of two names of which one begins like the other, the longer is meant.
    private static HashSet<Guid> Named(string text, IReadOnlyList<(Guid Id, string Name)> colleagues)
    {
        var folded = Fold.Text(text);
        var named = new HashSet<Guid>();
        for (var at = folded.IndexOf('@', StringComparison.Ordinal); at >= 0; at = folded.IndexOf('@', at + 1))
        {
            if (at > 0 && char.IsLetterOrDigit(folded[at - 1]))
                continue;
            var meant = colleagues.Where(c => string.CompareOrdinal(folded, at, c.Name, 0, c.Name.Length) == 0 && EndsAt(folded, at + c.Name.Length))
                .GroupBy(c => c.Name.Length).MaxBy(g => g.Key);
            named.UnionWith(meant?.Select(c => c.Id) ?? []);
        }

        return named;
    }

    private static bool EndsAt(string text, int at) => at >= text.Length || !char.IsLetterOrDigit(text[at]);

    private IEnumerable<(IRecord Record, string Before, string After)> Texts(EntityEntry<IRecord> entry)
    {
        foreach (var field in types.Of(entry.Entity.GetType()).OwnFields.Where(f => f.HasMentions))
        {
            if (field.Read(entry.Entity) is not string after || !after.Contains('@', StringComparison.Ordinal) || field.Column?.Body is not MemberExpression member)
                continue;
            var property = entry.Property(member.Member.Name);
            if (entry.State == EntityState.Added || property.IsModified)
                yield return (entry.Entity, entry.State == EntityState.Added ? "" : property.OriginalValue as string ?? "", after);
        }
    }
}
