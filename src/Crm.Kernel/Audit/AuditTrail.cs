using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Kernel.CustomFields;
using Crm.Kernel.Data;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Crm.Kernel.Audit;

/// <summary>Writes down who changed what, with before and after, in the change's own transaction.</summary>
internal sealed class AuditTrail(Actor actor, TimeProvider clock)
{
    private static readonly JsonSerializerOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // The spine's own stamps say nothing that the act doesn't.
    private static readonly HashSet<string> _silent =
        [nameof(Spine.Version), nameof(Spine.UpdatedAt), nameof(Spine.UpdatedById), nameof(Spine.SortKey), nameof(Spine.Match), nameof(Spine.Title)];

    private readonly Dictionary<(Guid, string), (string Action, Dictionary<string, object?[]> Values)> _changes = [];

    /// <summary>Notes what is about to be flushed.</summary>
    public void Collect(KernelDb db)
    {
        foreach (var entry in db.ChangeTracker.Entries())
        {
            var isSpine = entry.Entity is Spine;
            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted)
                || (!isSpine && entry.Metadata.FindAnnotation(MappingWords.AuditedMark) is null && !IsInheritedAudited(entry)))
                continue;
            Note(entry, isSpine, db.Forgotten);
        }
    }

    /// <summary>Adds the act and its rows to the unit.</summary>
    public Task WriteAsync(KernelDb db, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (_changes.Count == 0)
            return Task.CompletedTask;
        var what = actor.What.Length > 0 ? actor.What : string.Join(", ", _changes.Select(c => $"{c.Value.Action} {AuditRows.WithoutKey(c.Key.Item2)}").Distinct(StringComparer.Ordinal).Take(3));
        var act = new AuditAct { Id = actor.Act?.Id ?? Guid.CreateVersion7(), At = clock.GetUtcNow(), UserId = actor.UserId, Door = actor.Door, What = what };
        if (actor.Act is not { IsWritten: true })
            db.Add(act);
        foreach (var ((id, entity), (action, values)) in _changes)
        {
            db.Add(new AuditChange
            {
                ActId = act.Id,
                RecordId = id,
                Entity = entity,
                Action = action,
                Changes = JsonSerializer.Serialize(values, _json),
            });
        }

        _changes.Clear();
        return Task.CompletedTask;
    }

    private static bool IsInheritedAudited(EntityEntry entry) =>
        entry.Metadata.BaseType is { } parent && parent.FindAnnotation(MappingWords.AuditedMark) is not null;

    private void Note(EntityEntry entry, bool isSpine, HashSet<Guid> forgotten)
    {
        // A new record is its own description: before and after begin with the first change.
        var values = entry.State == EntityState.Added && entry.Entity is not IRecordPart ? [] : Values(entry);
        if (isSpine && (entry.State == EntityState.Added || values.Count == 0))
            return;
        if (entry.State == EntityState.Modified && values.Count == 0)
            return;
        var (id, entity, action) = Name(entry);
        if (forgotten.Contains(id))
            (entity, values) = (AuditRows.WithoutKey(entity), AuditRows.WithoutValues(values.Keys));
        if (!_changes.TryGetValue((id, entity), out var noted))
            _changes[(id, entity)] = noted = (action, new Dictionary<string, object?[]>(StringComparer.Ordinal));
        foreach (var (name, change) in values)
            noted.Values[name] = noted.Values.TryGetValue(name, out var earlier) ? [earlier[0], change[1]] : change;
    }

    private static (Guid Id, string Entity, string Action) Name(EntityEntry entry)
    {
        var action = entry.State switch { EntityState.Added => "created", EntityState.Deleted => "removed", _ => "changed" };
        return entry.Entity switch
        {
            Spine spine => (spine.Id, "Record", action),
            IRecord record => (record.Id, entry.Metadata.ClrType.Name, action),
            IRecordPart part => (part.RecordId, entry.Metadata.ClrType.Name + " " + KeyOf(entry), action),
            _ => (GuidOf(entry), entry.Metadata.ClrType.Name, action),
        };
    }

    private static Guid GuidOf(EntityEntry entry) =>
        entry.Metadata.FindPrimaryKey()!.Properties.Select(p => entry.Property(p).CurrentValue).OfType<Guid>().LastOrDefault();

    private static string KeyOf(EntityEntry entry) =>
        string.Join('/', entry.Metadata.FindPrimaryKey()!.Properties.Select(p => Convert.ToString(entry.Property(p).CurrentValue, CultureInfo.InvariantCulture)));

    private static Dictionary<string, object?[]> Values(EntityEntry entry)
    {
        var values = new Dictionary<string, object?[]>(StringComparer.Ordinal);
        foreach (var property in entry.Properties)
        {
            if (entry.State == EntityState.Modified && (!property.IsModified || Equals(property.OriginalValue, property.CurrentValue)))
                continue;
            if (entry.Entity is Spine && property.Metadata.Name == nameof(Spine.Custom))
            {
                foreach (var (name, was, now) in CustomValues.Changes(property.OriginalValue as string, property.CurrentValue as string))
                    values[$"{nameof(Spine.Custom)}.{name}"] = [was, now];
                continue;
            }

            if (property.Metadata.IsPrimaryKey() || (entry.Entity is Spine && _silent.Contains(property.Metadata.Name)))
                continue;
            var before = entry.State == EntityState.Added ? null : Shown(property.Metadata, property.OriginalValue);
            var after = entry.State == EntityState.Deleted ? null : Shown(property.Metadata, property.CurrentValue);
            if (before is not null || after is not null)
                values[property.Metadata.Name] = [before, after];
        }

        return values;
    }

    private static object? Shown(IProperty property, object? value) => value switch
    {
        null => null,
        _ when property.FindAnnotation(MappingWords.SecretMark) is not null => "…",
        byte[] => "…",
        Enum or bool or string or long or int or double or Guid or DateTimeOffset => value is Enum ? value.ToString() : value,
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
