using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Crm.Kernel.Records.Deeds;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Api;

/// <summary>The localiser's room of this folder.</summary>
internal sealed class ApiText;

/// <summary>The API as a page: each record type with its addresses, fields and deeds.</summary>
public sealed class BrowseModel : PageModel
{
    /// <summary>The types that the reader has.</summary>
    internal IReadOnlyList<BrowsedType> Types { get; private set; } = [];

    /// <summary>Reads the types.</summary>
    public async Task OnGetAsync()
    {
        var ct = HttpContext.RequestAborted;
        var services = HttpContext.RequestServices;
        var rights = await services.GetRequiredService<KernelDb>().RightsAsync(ct);
        var doors = services.GetRequiredService<RecordDoors>();
        var types = new List<BrowsedType>();
        foreach (var type in ActivatorUtilities.CreateInstance<ApiDocument>(services).Of(rights))
        {
            var fields = (await doors.Of(type).FieldsAsync(ct)).Where(f => !RecordJson.Envelope.Contains(f.Name))
                .Select(f => new BrowsedField(f, FieldRights.MayWrite(f, rights, creating: true), FieldRights.MayWrite(f, rights, creating: false))).ToList();
            types.Add(new(type, fields, type.IsUnion ? [] : KernelDeeds.Of(type)));
        }

        Types = types;
    }
}

/// <summary>A record type on the page.</summary>
internal sealed record BrowsedType(RecordType Type, IReadOnlyList<BrowsedField> Fields, IReadOnlyList<Deed> Deeds)
{
    public string Root => $"{RecordApi.Root}/{Type.Plural}";
}

/// <summary>A field on the page.</summary>
internal sealed record BrowsedField(RecordField Field, bool MayCreate, bool MayChange);
