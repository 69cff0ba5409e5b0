using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Records.Deeds;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Records;

/// <summary>Makes, changes and bins records of a type, with the caller's rights on the record and on each field.</summary>
internal sealed class RecordWriter<T>(
    KernelDb db, RecordType<T> type, RecordFields<T> fields, RecordViews<T> views, ValueCheck check, TimeProvider clock, IServiceProvider services)
    where T : class, IRecord
{
    public async Task<RecordView> CreateAsync(IReadOnlyDictionary<string, object?> values, Guid? about, CancellationToken ct)
    {
        var rights = await db.RightsAsync(ct);
        if (type.IsUnion || !rights.May(type.EditPermission))
            throw new NotAllowed();
        var target = type.IsDependant ? await TargetAsync(values, about, ct) : await AboutAsync(about, ct);
        var record = type.Create(target);
        var given = values;
        if (!type.IsDependant && rights.UserId is { } me && !values.Keys.Contains("owner", StringComparer.OrdinalIgnoreCase))
            record.Spine.OwnerId = me;
        else if (type.IsDependant && HangingField.Of(type) is { } link && !values.Keys.Contains(link.Name, StringComparer.OrdinalIgnoreCase))
            given = new Dictionary<string, object?>(values) { [link.Name] = target };
        await WriteAsync(record, given, creating: true, ct);
        db.Add(record);
        await db.SaveChangesAsync(ct);
        return await ViewAsync(record, ct);
    }

    public async Task<RecordView> UpdateAsync(Guid id, IReadOnlyDictionary<string, object?> values, long? ifVersion, CancellationToken ct)
    {
        var record = await LoadAsync(id, ct);
        if (type.IsUnion || !await db.MayAsync(type.EditPermission, record.Spine, ct))
            throw new NotAllowed();
        EnsureNotErased(record);
        await EnsureFreshAsync(record, ifVersion, ct);
        await WriteAsync(record, values, creating: false, ct);
        await db.SaveChangesAsync(ct);
        return await ViewAsync(record, ct);
    }

    public async Task<bool> DeleteAsync(Guid id, long? ifVersion, CancellationToken ct)
    {
        var record = await LoadAsync(id, ct);
        if (type.IsUnion || !await db.MayAsync(type.DeletePermission, record.Spine, ct))
            throw new NotAllowed();
        await EnsureFreshAsync(record, ifVersion, ct);
        record.Spine.DeletedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        return true;
    }

    public async Task<bool> RestoreAsync(Guid id, CancellationToken ct)
    {
        var record = await Full(db.Set<T>()).SingleOrDefaultAsync(r => r.Id == id && r.Spine.DeletedAt != null, ct);
        if (record is null || type.IsUnion || !await db.MayAsync(type.ViewPermission, record.Spine, ct))
            throw new RecordMissing();
        if (!await db.MayAsync(type.DeletePermission, record.Spine, ct))
            throw new NotAllowed();
        record.Spine.DeletedAt = null;
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException failure) when (Failures.IsDuplicate(failure))
        {
            throw Duplicates.ToRestoreViolation(failure);
        }

        return true;
    }

    public Deed DeedOf(string verb) =>
        KernelDeeds.Of(type).FirstOrDefault(d => string.Equals(d.Name, verb, StringComparison.OrdinalIgnoreCase)) ?? throw new RecordMissing();

    /// <summary>Runs a deed on a record that is loaded; who may was asked.</summary>
    public async Task RunDeedAsync(T record, Deed deed, IReadOnlyDictionary<string, object?> input, CancellationToken ct) =>
        await deed.RunAsync(services, record, await InputAsync(deed, input, ct), ct);

    /// <summary>Writes values to a record that is loaded, unsaved; the right on the record was asked.</summary>
    public Task ChangeAsync(T record, IReadOnlyDictionary<string, object?> values, CancellationToken ct) => WriteAsync(record, values, creating: false, ct);

    public async Task<RecordView> DoAsync(Guid id, string verb, IReadOnlyDictionary<string, object?> input, long? ifVersion, CancellationToken ct)
    {
        var deed = DeedOf(verb);
        var record = await LoadAsync(id, ct);
        if (!await db.MayAsync(deed.Permission, record.Spine, ct))
            throw new NotAllowed();
        EnsureNotErased(record);
        await EnsureFreshAsync(record, ifVersion, ct);
        await RunDeedAsync(record, deed, input, ct);
        return await ViewAsync(record, ct);
    }

    private async Task<Guid> TargetAsync(IReadOnlyDictionary<string, object?> values, Guid? about, CancellationToken ct)
    {
        var link = HangingField.Of(type);
        var name = link?.Name ?? "about";
        var given = about ?? (link is null ? null : DoorValue.Read(link, values.FirstOrDefault(v => string.Equals(v.Key, name, StringComparison.OrdinalIgnoreCase)).Value) as Guid?);
        if (given is not { } id)
            throw new RuleViolation(name, "Say which record this belongs to.");
        var spine = await check.FindAsync(id, ct);
        if (spine is null)
            throw about is null ? new RuleViolation(name, "This was not found.") : new RecordMissing();
        if (link is { LinkKinds.Count: > 0 } && !link.LinkKinds.Contains(spine.Kind, StringComparer.Ordinal))
            throw new RuleViolation(name, "This was not found.");
        return await db.MayAsync(type.EditPermission, spine, ct) ? id : throw new NotAllowed();
    }

    // A form's address says what its new record is about, before anybody chose it in a field: it is no more trusted than the field.
    private async Task<Guid?> AboutAsync(Guid? about, CancellationToken ct)
    {
        if (about is not { } id)
            return null;
        var spine = await check.FindAsync(id, ct);
        return spine is not null && (HangingField.AboutOf(type) is not { LinkKinds.Count: > 0 } link || link.LinkKinds.Contains(spine.Kind, StringComparer.Ordinal)) ? id : throw new RecordMissing();
    }

    private async Task WriteAsync(T record, IReadOnlyDictionary<string, object?> values, bool creating, CancellationToken ct)
    {
        var rights = await db.RightsAsync(ct);
        var errors = new ErrorList();
        var readable = await fields.ReadableAsync(ct);
        var changes = new Dictionary<RecordField, object?>();
        foreach (var (name, raw) in values)
            errors.Try(() => Note(record, name, raw, readable, rights, creating, changes));
        await check.CheckAsync(
            changes.SelectMany(c => Pointed(c.Value, c.Key.Read(record)).Select(id => (c.Key.Name, c.Key.Kind, c.Key.LinkKinds, id))).ToList(), errors, ct);
        errors.ThrowIfAny();
        foreach (var (field, value) in changes)
            errors.Try(() => field.Write!(record, value));
        foreach (var field in type.Fields.Where(f => f.IsRequired && FieldRights.MayRead(f, rights) && (creating || changes.ContainsKey(f)) && DoorValue.IsEmpty(f.Read(record))))
            errors.Add(field.Name, "This must be given.");
        errors.ThrowIfAny();
        if (creating || changes.Count > 0)
            type.Check(record);
    }

    // Of several, those that were there before need not be seen to stay.
    private static IEnumerable<Guid> Pointed(object? value, object? before) => value switch
    {
        Guid id => [id],
        IReadOnlyList<Guid> ids => ids.Except(before as IReadOnlyList<Guid> ?? []),
        _ => [],
    };

    private void Note(
        T record, string name, object? raw, IReadOnlyList<RecordField> readable, Rights rights, bool creating, Dictionary<RecordField, object?> changes)
    {
        var field = RecordFields<T>.Find(readable, name) ?? throw new RuleViolation(name, "There is no such field.");
        if (field.Write is null)
            throw new RuleViolation(field.Name, "This can't be written.");
        var value = DoorValue.Read(field, raw);
        value = FieldTarget.Of(field) is { } target ? target.Fit(field, value) : value;
        if (changes.ContainsKey(field))
            throw new RuleViolation(field.Name, "This was given twice.");
        // What stays as it is needs no right, and makes no new version.
        if (DoorValue.AreSame(DoorValue.Of(field.Read(record)), value))
            return;
        // Who sees a dependant is decided by what it hangs on, once.
        var isFixed = type.IsDependant && !creating && field == HangingField.Of(type);
        if (!isFixed && FieldRights.MayWrite(field, rights, creating))
            changes.Add(field, value);
        else
            throw new RuleViolation(field.Name, !isFixed && (field.DeedPermission is null || creating) ? "You are not allowed to set this." : "This is not changed by editing.");
    }

    private async Task<IReadOnlyDictionary<string, object?>> InputAsync(Deed deed, IReadOnlyDictionary<string, object?> input, CancellationToken ct)
    {
        var errors = new ErrorList();
        var told = new Dictionary<string, object?>();
        foreach (var (name, raw) in input)
        {
            if (deed.Inputs.FirstOrDefault(i => string.Equals(i.Name, name, StringComparison.OrdinalIgnoreCase)) is { } wanted)
                errors.Try(() => told[wanted.Name] = DoorValue.Read(wanted, raw));
            else
                errors.Add(name, "There is no such field.");
        }

        foreach (var missing in deed.Inputs.Where(i => i.IsRequired && DoorValue.IsEmpty(told.GetValueOrDefault(i.Name))))
            errors.Add(missing.Name, "This must be given.");
        // Whoever left is no choice for anything but being taken off: the deed finds him where he is named.
        await check.CheckAsync(deed.Inputs.Where(i => !i.IsTakenAway && told.GetValueOrDefault(i.Name) is Guid)
            .Select(i => (i.Name, i.Kind, (IReadOnlyList<string>)[], (Guid)told[i.Name]!)).ToList(), errors, ct);
        errors.ThrowIfAny();
        return told;
    }

    private async Task<T> LoadAsync(Guid id, CancellationToken ct) =>
        await Full(await db.VisibleAsync<T>(ct)).SingleOrDefaultAsync(r => r.Id == id, ct) ?? throw new RecordMissing();

    private IQueryable<T> Full(IQueryable<T> rows)
    {
        rows = rows.Include(r => r.Spine).ThenInclude(s => s.DecidedBy);
        return type.Includes.Aggregate(rows, (r, path) => r.Include(path)).AsTracking().AsSplitQuery();
    }

    private static void EnsureNotErased(T record)
    {
        if (record.Spine.ErasedAt is not null)
            throw StaysErased.Violation();
    }

    private async Task EnsureFreshAsync(T record, long? ifVersion, CancellationToken ct)
    {
        if (ifVersion is { } version && version != record.Spine.Version)
            throw new StaleRecord(await ViewAsync(record, ct));
    }

    private async Task<RecordView> ViewAsync(T record, CancellationToken ct) =>
        (await views.OfAsync([record], await fields.NamedAsync(null, ct), ct))[0];
}
