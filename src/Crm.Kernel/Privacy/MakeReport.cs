using System.Globalization;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Audit;
using Crm.Kernel.Data;
using Crm.Kernel.Import;
using Crm.Kernel.Mail;
using Crm.Kernel.RecordPages;
using Crm.Kernel.Records;
using Crm.Kernel.Removal;
using Crm.Kernel.Security;
using Crm.Kernel.Users;
using Crm.Mail.Mime;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Kernel.Privacy;

/// <summary>Collects everything that is kept about a person: whoever may make the report hands it to the person, so it holds more than the maker's own rights show. Making one is audited.</summary>
internal sealed class MakeReport(
    KernelDb db, RecordTypes types, RemoveRecords remove, EraseRecord erase, Actor actor, TimeProvider clock, IServiceProvider services, IStringLocalizer<PageText> l)
{
    /// <exception cref="RecordMissing">Not there, or not visible.</exception>
    /// <exception cref="NotAllowed">The caller may not.</exception>
    public async Task<AccessReport> RunAsync(RecordType type, Guid id, CancellationToken ct)
    {
        var spine = await erase.FindAsync(type, id, ct) ?? throw new RecordMissing();
        if (!type.IsErasable || !await db.MayAsync(CorePermissions.ReportPersonalData.Name, spine, ct))
            throw new NotAllowed();
        var hanging = await remove.ConcerningAsync([id], ct);
        var kinds = await db.Records.AsNoTracking().Where(r => hanging.Contains(r.Id)).OrderBy(r => r.Id).Select(r => new { r.Id, r.Kind }).ToListAsync(ct);
        List<ReportSection> sections = [await RecordsAsync(type, [id], ct)];
        foreach (var kind in kinds.GroupBy(k => k.Kind, k => k.Id, StringComparer.Ordinal))
            sections.Add(types.Find(kind.Key) is { } known ? await RecordsAsync(known, [.. kind], ct) : await ForeignAsync(kind.Key, [.. kind], ct));
        sections.Add(await MailsAsync([id, .. hanging], ct));
        sections.Add(await AccessAsync(id, ct));
        sections.Add(await ChangesAsync([id, .. hanging], ct));
        sections.Add(await ImportsAsync([id, .. hanging], ct));
        await AuditAsync(type, id, ct);
        return new AccessReport(spine.Title, type.Name, clock.GetUtcNow(), (await db.RightsAsync(ct)).Name, [.. sections.Where(s => s.Entries.Count > 0)]);
    }

    private async Task<ReportSection> RecordsAsync(RecordType type, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var records = await UndoChunk.Of(type).LoadAsync(services, ids, ct);
        var values = records.OrderBy(r => r.Id).Select(r => (r.Spine, Fields: type.Fields.Select(f => (Field: f, Value: f.Read(r))).ToList())).ToList();
        var names = await NamesAsync(values.SelectMany(v => v.Fields).SelectMany(f => f.Value switch { Guid id => [id], IReadOnlyList<Guid> ids => ids, _ => (IEnumerable<Guid>)[] }), ct);
        db.ChangeTracker.Clear();
        return new(l[type.PluralLabel], [.. values.Select(v => new ReportEntry(v.Spine.Title, Facts(v.Spine, v.Fields, names)))]);
    }

    // Of records whose module is not installed, nobody knows more than the spine does.
    private async Task<ReportSection> ForeignAsync(string kind, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var spines = await db.Records.AsNoTracking().Where(r => ids.Contains(r.Id)).OrderBy(r => r.Id).ToListAsync(ct);
        return new(l["Records of a module that is not installed: {0}", kind], spines.ConvertAll(s => new ReportEntry(s.Title, [new(l["Added"], Moment(s.CreatedAt))])));
    }

    // A day's notices name others besides: of such a mail the report says that there was one.
    private async Task<ReportSection> MailsAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var named = db.Set<MailRecord>().Where(r => ids.Contains(r.RecordId)).Select(r => r.MailId);
        var mails = await db.Set<SentMail>().AsNoTracking().Where(m => ids.Contains(m.RecordId!.Value) || named.Contains(m.Id)).OrderBy(m => m.Id).ToListAsync(ct);
        return new(l["Mails"], mails.ConvertAll(m => new ReportEntry(
            $"{Moment(m.SentAt ?? m.At)} · {m.Subject}",
            [new(l["To"], m.Addressees), .. m.RecordId is { } about && ids.Contains(about) && TextOf(m) is { Length: > 0 } text ? [new ReportFact(l["Text"], text)] : (ReportFact[])[]])));
    }

    private static string? TextOf(SentMail mail)
    {
        try
        {
            return mail.Content.Length == 0 ? null : MimeMessage.Read(mail.Content).Text;
        }
        catch (Crm.Mail.MailFormatException)
        {
            return null;
        }
    }

    private List<ReportFact> Facts(Spine spine, List<(RecordField Field, object? Value)> fields, Dictionary<Guid, string> names)
    {
        var facts = fields.Where(f => f.Field.Name != "title" && !DoorValue.IsEmpty(f.Value))
            .Select(f => new ReportFact(l[f.Field.Label], Text(f.Field, f.Value, names))).Where(f => f.Value.Length > 0).ToList();
        if (spine.DeletedAt is { } binned)
            facts.Add(new(l["In the bin since"], Moment(binned)));
        return facts;
    }

    private string Text(RecordField field, object? value, Dictionary<Guid, string> names) => value switch
    {
        IReadOnlyList<Guid> ids => string.Join('\n', ids.Select(id => names.GetValueOrDefault(id) ?? id.ToString())),
        DateTimeOffset at => Moment(at),
        Guid id => names.GetValueOrDefault(id) ?? id.ToString(),
        IReadOnlyList<ValueEntry> several => string.Join('\n', several.Select(v => $"{v.Value} ({l[field.Options.FirstOrDefault(o => o.Value == v.Kind)?.Label ?? v.Kind]})")),
        string text when field.Kind == FieldKind.OneOf => l[field.Options.FirstOrDefault(o => o.Value == text)?.Label ?? text],
        _ => FieldText.Plain(value),
    };

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("g", CultureInfo.CurrentCulture) + " UTC";

    private async Task<Dictionary<Guid, string>> NamesAsync(IEnumerable<Guid> ids, CancellationToken ct)
    {
        var asked = ids.Distinct().ToList();
        var names = await db.Records.Where(r => asked.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => r.Title, ct);
        foreach (var user in await db.Set<User>().Where(u => asked.Contains(u.Id)).Select(u => new { u.Id, u.Name }).ToListAsync(ct))
            names[user.Id] = user.Name;
        foreach (var department in await db.Set<Department>().Where(d => asked.Contains(d.Id)).Select(d => new { d.Id, d.Name }).ToListAsync(ct))
            names[department.Id] = department.Name;
        return names;
    }

    private async Task<ReportSection> AccessAsync(Guid id, CancellationToken ct)
    {
        var shares = await db.Set<RecordShare>().AsNoTracking().Where(s => s.RecordId == id).ToListAsync(ct);
        var managers = await db.Set<RecordManager>().AsNoTracking().Where(m => m.RecordId == id).Select(m => m.UserId).ToListAsync(ct);
        var names = await NamesAsync(shares.Select(s => s.PrincipalId).Concat(managers), ct);
        return new(l["Who deals with it"], [.. managers.Select(m => new ReportEntry("", [new(l["Further account manager"], names.GetValueOrDefault(m) ?? "")])),
            .. shares.Select(s => new ReportEntry("", [new(l["Shared with"], names.GetValueOrDefault(s.PrincipalId) ?? "")]))]);
    }

    private async Task<ReportSection> ChangesAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var rows = await (from change in db.Set<AuditChange>().AsNoTracking()
                          join act in db.Set<AuditAct>() on change.ActId equals act.Id
                          where ids.Contains(change.RecordId)
                          orderby act.At
                          select new { act.At, act.UserId, act.What, Change = change }).ToListAsync(ct);
        var names = await NamesAsync(rows.Select(r => r.UserId).OfType<Guid>(), ct);
        return new(l["Who changed what"], [.. rows.Select(r => new ReportEntry(
            $"{Moment(r.At)} · {(r.UserId is { } user ? names.GetValueOrDefault(user) ?? l["Somebody"] : l["The system"])} · {r.What}",
            [.. AuditValues.Read(r.Change).Values.Select(v => new ReportFact($"{AuditRows.WithoutKey(r.Change.Entity)}: {v.Property}", $"{v.Before ?? "–"} → {v.After ?? "–"}"))]))]);
    }

    private async Task<ReportSection> ImportsAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var rows = await (from row in db.Set<ImportedRow>().AsNoTracking()
                          join import in db.Set<Import.Import>() on row.ImportId equals import.Id
                          where ids.Contains(row.RecordId)
                          orderby row.Id
                          select new { import.FileName, import.At, row.Line }).ToListAsync(ct);
        return new(l["Where it was imported from"], [.. rows.Select(r => new ReportEntry("", [new(r.FileName, $"{Moment(r.At)} · {l["line {0}", r.Line.ToString(CultureInfo.CurrentCulture)]}")]))]);
    }

    private async Task AuditAsync(RecordType type, Guid id, CancellationToken ct)
    {
        var act = new AuditAct { At = clock.GetUtcNow(), UserId = actor.UserId, Door = actor.Door, What = $"Made a report of everything about a {type.Name}" };
        db.Add(act);
        db.Add(new AuditChange { ActId = act.Id, RecordId = id, Entity = type.Entity.Name, Action = "reported" });
        await db.SaveChangesAsync(ct);
    }
}
