using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Contacts.Contacts;

/// <summary>Names a colleague who may contact this contact; once anybody is named, the others may not.</summary>
internal sealed class Designate(CrmDb db, IStaff staff) : IVerb<Contact>
{
    public static DeedInput User { get; } = new("user", FieldKind.User, "Colleague");

    /// <summary>Who is taken off the list.</summary>
    public static DeedInput Former { get; } = User with { IsTakenAway = true };

    public async Task RunAsync(Contact record, IReadOnlyDictionary<string, object?> input, CancellationToken ct)
    {
        if (input.GetValueOrDefault(User.Name) is not Guid user || !(await staff.NamesAsync([user], ct)).ContainsKey(user))
            throw new RuleViolation(User.Name, "Choose a colleague.");
        if (await db.Set<DesignatedPerson>().AnyAsync(d => d.RecordId == record.Id && d.UserId == user, ct))
            return;
        db.Add(new DesignatedPerson(record.Id, user));
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>Takes a colleague off the list; when nobody is left on it, everybody may contact this contact again.</summary>
internal sealed class Undesignate(CrmDb db) : IVerb<Contact>
{
    public async Task RunAsync(Contact record, IReadOnlyDictionary<string, object?> input, CancellationToken ct)
    {
        if (input.GetValueOrDefault(Designate.User.Name) is not Guid user)
            throw new RuleViolation(Designate.User.Name, "Choose a colleague.");
        if (await db.Set<DesignatedPerson>().FirstOrDefaultAsync(d => d.RecordId == record.Id && d.UserId == user, ct) is not { } named)
            return;
        db.Remove(named);
        await db.SaveChangesAsync(ct);
    }
}
