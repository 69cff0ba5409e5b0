using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Hosting;
using Crm.Kernel.Modules;
using Crm.Kernel.Records;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace Crm.Kernel.RecordPages;

/// <summary>Gives each record type its own addresses on the generic pages, with its module's stamp and its permission: never a catch-all.</summary>
internal sealed class RecordRoutes(RecordTypes types, Contributions contributions) : IConfigureOptions<RazorPagesOptions>, IPageRouteModelConvention
{
    private const string Id = "/{id:guid}";

    private static readonly IReadOnlyList<Route> _routes =
    [
        new("List", "", Right.View, IsOfList: true),
        new("Views", "/views", Right.View, IsOfList: true),
        new("FilterField", "/filter-field", Right.View, IsOfList: true),
        new("Bulk", "/bulk", Right.View),
        new("Form", "/new", Right.Edit),
        new("Form", Id + "/edit", Right.Edit),
        new("Record", Id, Right.View),
        new("Story", Id + "/timeline", Right.View),
        new("History", Id + "/history", Right.View),
        new("Field", Id + "/field/{field}", Right.Edit),
        new("Act", Id + "/act/{verb}", Right.View),
        new("BinList", "/bin", Right.Delete),
        new("Erase", Id + "/erase", Right.View),
        new("Report", Id + "/report", Right.View),
        new("Bin", Id + "/{act:regex(^(delete|restore)$)}", Right.Delete),
    ];

    private enum Right
    {
        View,
        Edit,
        Delete,
    }

    public void Configure(RazorPagesOptions options) => options.Conventions.Add(this);

    public void Apply(PageRouteModel model)
    {
        const string Folder = "/RecordPages/";
        if (model.AreaName is not null || !model.ViewEnginePath.StartsWith(Folder, StringComparison.Ordinal))
            return;
        var page = model.ViewEnginePath[Folder.Length..];
        model.Selectors.Clear();
        foreach (var route in _routes.Where(r => string.Equals(r.Page, page, StringComparison.Ordinal)))
        {
            foreach (var type in types.All.Where(t => t.HasPages && (route.IsOfList || !t.IsUnion)))
                model.Selectors.Add(Selector(route, type));
        }
    }

    private SelectorModel Selector(Route route, RecordType type)
    {
        var permission = route.Right switch { Right.Edit => type.EditPermission, Right.Delete => type.DeletePermission, _ => type.ViewPermission };
        var selector = new SelectorModel { AttributeRouteModel = new AttributeRouteModel { Template = type.ListUrl.TrimStart('/') + route.Suffix } };
        selector.EndpointMetadata.Add(new ModuleStamp(contributions.FeaturesOf(type.GetType())));
        selector.EndpointMetadata.Add(new PermissionAttribute(permission));
        selector.EndpointMetadata.Add(type);
        return selector;
    }

    private sealed record Route(string Page, string Suffix, Right Right, bool IsOfList = false);
}
