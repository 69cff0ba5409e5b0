using Crm.Kernel.Records;
using Crm.Kernel.Security;

namespace Crm.Kernel.Search;

/// <summary>The kinds of which whoever sees one sees all, as mail templates: what hangs on them is found by a token of the kind, since they have neither owner nor department that a reader could hold.</summary>
internal sealed class OpenKinds(RecordTypes types, PermissionCatalog permissions)
{
    private readonly Lazy<HashSet<string>> _names = new(() =>
        types.All.Where(t => !t.IsUnion && !t.IsDependant && !permissions.IsScoped(t.ViewPermission)).Select(t => t.Name).ToHashSet(StringComparer.Ordinal));

    public IReadOnlySet<string> Names => _names.Value;
}
