using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Records;

/// <summary>Checks that what values point to is there, visible to the caller and of an allowed kind.</summary>
internal sealed class ValueCheck(KernelDb db, LinkNames names)
{
    private const string NotFound = "This was not found.";

    public async Task CheckAsync(IReadOnlyList<(string Name, FieldKind Kind, IReadOnlyList<string> LinkKinds, Guid Id)> pointers, ErrorList errors, CancellationToken ct)
    {
        var links = await names.RecordsAsync(pointers.Where(p => p.Kind is FieldKind.Link or FieldKind.Links).Select(p => p.Id), ct);
        var users = await UsersAsync(pointers.Where(p => p.Kind is FieldKind.User or FieldKind.Users).Select(p => p.Id).ToList(), ct);
        var departments = (await names.OfAsync(FieldKind.Department, pointers.Where(p => p.Kind == FieldKind.Department).Select(p => p.Id), ct)).Keys;
        foreach (var (name, kind, linkKinds, id) in pointers)
        {
            var known = kind switch
            {
                FieldKind.User or FieldKind.Users => users.Contains(id),
                FieldKind.Department => departments.Contains(id),
                _ => links.TryGetValue(id, out var link) && (linkKinds.Count == 0 || linkKinds.Contains(link.Kind, StringComparer.Ordinal)),
            };
            if (!known)
                errors.Add(name, NotFound);
        }
    }

    /// <summary>The spine row of a record that the caller may see, or null.</summary>
    public async Task<Spine?> FindAsync(Guid id, CancellationToken ct)
    {
        var visible = await db.VisibleAmongAsync([id], ct);
        return await visible.AsNoTracking().Include(r => r.DecidedBy).SingleOrDefaultAsync(ct);
    }

    private async Task<HashSet<Guid>> UsersAsync(List<Guid> ids, CancellationToken ct) => ids.Count == 0
        ? []
        : await db.Set<User>().Where(u => ids.Contains(u.Id) && u.DisabledAt == null).Select(u => u.Id).ToHashSetAsync(ct);
}

/// <summary>Collects what is wrong, field by field.</summary>
internal sealed class ErrorList
{
    private readonly Dictionary<string, List<RuleMessage>> _errors = [];

    public void Add(string field, string message) => Add(field, new RuleMessage(message));

    public void Add(RuleViolation violation)
    {
        foreach (var (field, messages) in violation.Messages)
        {
            foreach (var message in messages)
                Add(field, message);
        }
    }

    /// <summary>Runs something that may find a rule broken.</summary>
    public void Try(Action act)
    {
        try
        {
            act();
        }
        catch (RuleViolation violation)
        {
            Add(violation);
        }
    }

    public void ThrowIfAny()
    {
        if (_errors.Count > 0)
            throw new RuleViolation(_errors.ToDictionary(e => e.Key, e => e.Value.ToArray()));
    }

    private void Add(string field, RuleMessage message)
    {
        if (!_errors.TryGetValue(field, out var messages))
            _errors[field] = messages = [];
        if (!messages.Exists(m => m.ToString() == message.ToString()))
            messages.Add(message);
    }
}
