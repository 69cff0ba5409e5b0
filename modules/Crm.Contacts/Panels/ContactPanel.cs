using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Contacts.Organizations;
using Crm.Contacts.People;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Contacts.Panels;

/// <summary>A box on a contact's page. Whoever may not see the contact gets 404; who may not change it sees no forms.</summary>
internal abstract class ContactPanel(CrmDb db) : PageModel
{
    /// <summary>How many rows a box shows before "all".</summary>
    protected const int FewRows = 5;

    /// <summary>No box grows longer than this.</summary>
    protected const int MostRows = 500;

    private static readonly string[] _kinds = [Person.KindName, Organization.KindName];

    [FromRoute]
    public Guid Id { get; set; }

    /// <summary>Shows all rows.</summary>
    [FromQuery]
    public bool All { get; set; }

    /// <summary>Shows the form.</summary>
    [FromQuery]
    public bool Add { get; set; }

    public Spine Contact { get; private set; } = null!;

    public bool MayEdit { get; private set; }

    protected CrmDb Db { get; } = db;

    protected int Shown => All ? MostRows : FewRows;

    /// <summary>Finds the contact; false where it isn't there or not for this reader.</summary>
    protected async Task<bool> OpenAsync(CancellationToken ct)
    {
        if (await (await Db.VisibleAmongAsync([Id], ct, _kinds)).FirstOrDefaultAsync(ct) is not { } contact)
            return false;
        Contact = contact;
        MayEdit = await Db.MayAsync(ContactsPermissions.Edit, contact, ct);
        return true;
    }

    /// <summary>Other contacts as this reader may see them: those that he may not have no title.</summary>
    protected async Task<IReadOnlyDictionary<Guid, ContactLink>> LinksAsync(IEnumerable<Guid> ids, CancellationToken ct)
    {
        var wanted = ids.Distinct().ToList();
        var seen = await (await Db.VisibleAmongAsync(wanted, ct, _kinds)).AsNoTracking()
            .Select(r => new { r.Id, r.Kind, r.Title }).ToDictionaryAsync(r => r.Id, ct);
        return wanted.ToDictionary(id => id, id => seen.TryGetValue(id, out var r) ? new ContactLink(id, r.Kind, r.Title) : new ContactLink(id, "", ""));
    }

    /// <summary>Puts broken rules at their fields; the answer is the box with the form (422), which htmx swaps in.</summary>
    protected IActionResult Refused(RuleViolation violation, string prefix)
    {
        foreach (var (field, message) in violation.Said(Words))
            ModelState.AddModelError(field.Length == 0 ? "" : $"{prefix}.{field}", message);

        return Incomplete();
    }

    /// <summary>Answers with the box and its form, as it was filled in.</summary>
    protected IActionResult Incomplete()
    {
        Add = true;
        Response.StatusCode = 422;
        return Page();
    }

    protected abstract IStringLocalizer Words { get; }
}

/// <summary>Another contact as a reader may see it.</summary>
/// <param name="Title">Empty where he may not.</param>
internal sealed record ContactLink(Guid Id, string Kind, string Title)
{
    public bool IsVisible => Title.Length > 0;

    public bool IsOrganization => string.Equals(Kind, Organization.KindName, StringComparison.Ordinal);

    public string Url => IsOrganization ? $"/contacts/organizations/{Id}" : $"/contacts/people/{Id}";
}
