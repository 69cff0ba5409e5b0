using System.Reflection;
using Crm.Abstractions.Modules;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Hosting;
using Crm.Kernel.Modules;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Crm.Kernel.Tests.Modules;

/// <summary>What every installed module keeps to, as rules that give the violations in words.</summary>
internal static class HouseRules
{
    /// <summary>What nobody has to sign in for; static files besides. Whoever adds one says here why.</summary>
    public static readonly IReadOnlySet<string> Anonymous = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "/login", "/login/second-factor", "/denied", "/setup", "/error", "/health/live", "/health/ready",
        // Names fields and addresses, no data; asks for a sign-in or a token by itself.
        "/openapi/v1.json",
        // A program that reads calendars can't sign in: the secret in the address is the key, and shows what its user sees.
        "/calendar/{secret}.ics",
    };

    /// <summary>Shows another page's error for a form that was refused, and changes nothing.</summary>
    private static readonly string[] _formsWithoutToken = ["/error"];

    // They name people and departments of the kernel, which a module can't map.
    private static readonly string[] _kernelKeys = ["UserId", "OwnerId", "DepartmentId", "CreatedById", "UpdatedById", "RoleId"];

    public static IEnumerable<string> Permitted(IEnumerable<ServedEndpoint> endpoints) =>
        from endpoint in endpoints
        let isAnonymous = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
        let policies = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>()
        let reason =
            isAnonymous && !endpoint.IsStatic && !Anonymous.Contains(endpoint.Route) ? "is open to everybody and not on the list"
            : !isAnonymous && policies.Any(p => p is not PermissionAttribute && (p.Policy ?? p.Roles ?? p.AuthenticationSchemes) is not null) ? "asks for something else than a permission"
            : null
        where reason is not null
        select $"{endpoint.Route}: {reason}";

    public static IEnumerable<string> KnownPermissions(IEnumerable<ServedEndpoint> endpoints, IReadOnlySet<string> permissions) =>
        endpoints.SelectMany(e => e.Metadata.GetOrderedMetadata<PermissionAttribute>().Where(p => !permissions.Contains(p.Name)).Select(p => $"{e.Route}: no module has the permission {p.Name}"));

    public static IEnumerable<string> Stamped(IEnumerable<ServedEndpoint> endpoints, ModuleCatalog catalog) =>
        from endpoint in endpoints
        where endpoint.Module is not null && !endpoint.IsStatic
        let features = endpoint.Metadata.GetMetadata<ModuleStamp>()?.Features ?? []
        where features.Count == 0 || features.Any(f => !catalog.Features.TryGetValue(f, out var feature) || feature.Module != endpoint.Module)
        select $"{endpoint.Route}: belongs to {endpoint.Module} and is stamped '{string.Join(", ", features)}'";

    public static IEnumerable<string> Guarded(IEnumerable<ServedEndpoint> endpoints) =>
        endpoints.Where(e => e.TakesForms && !e.IsApi && !e.ChecksAntiforgery && !_formsWithoutToken.Contains(e.Route, StringComparer.OrdinalIgnoreCase))
            .Select(e => $"{e.Route}: takes a form without asking for the anti-forgery token");

    public static IEnumerable<string> Described(IReadOnlyList<RecordType> types, IReadOnlySet<string> permissions)
    {
        foreach (var type in types)
        {
            foreach (var permission in new[] { type.ViewPermission, type.EditPermission, type.DeletePermission }.Distinct().Where(p => p is null || !permissions.Contains(p)))
                yield return $"{type.Name}: no module has the permission '{permission}'";
            foreach (var (word, value) in new[] { ("name", type.Name), ("plural", type.Plural), ("label", type.Label), ("plural label", type.PluralLabel), ("icon", type.Icon), ("area", type.Area) })
            {
                if (string.IsNullOrWhiteSpace(value))
                    yield return $"{type.GetType().Name}: has no {word}";
            }
        }

        foreach (var of in new (string What, Func<RecordType, string> Name)[] { ("name", t => t.Name), ("plural", t => t.Plural), ("label", t => t.Label), ("address", t => t.ListUrl) })
        {
            foreach (var twice in types.GroupBy(of.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
                yield return $"{string.Join(" and ", twice.Select(t => t.GetType().Name))}: have the same {of.What} '{twice.Key}'";
        }
    }

    public static IEnumerable<string> Owned(IEnumerable<Contribution> contributions, ModuleCatalog catalog) =>
        from contribution in contributions
        let assembly = contribution.Implementation.Assembly
        where assembly.GetCustomAttribute<ModuleAttribute>() is not null
        where contribution.Features.Count == 0 || contribution.Features.Any(f => !catalog.Features.TryGetValue(f, out var feature) || feature.Module != assembly.GetName().Name)
        select $"{contribution.Implementation.Name}: is stamped '{string.Join(", ", contribution.Features)}'";

    /// <summary>A module's tables carry its last word, so that nobody has to guess whose they are.</summary>
    public static IEnumerable<string> Named(IEnumerable<(string Module, IEntityType Entity)> entities) =>
        from pair in entities
        let word = Word(pair.Module)
        let table = pair.Entity.GetTableName()
        where table is not null && table != word && !table.StartsWith(word + "_", StringComparison.Ordinal)
        select $"{pair.Entity.ClrType.Name}: its table {table} does not begin with '{word}_'";

    public static IEnumerable<string> Pointing(IEnumerable<(string Module, IEntityType Entity)> entities) =>
        from pair in entities
        from property in pair.Entity.GetDeclaredProperties()
        where property.ClrType == typeof(Guid) || property.ClrType == typeof(Guid?)
        // Users keep their rows for ever: a name that ends with theirs points to one.
        where property.Name.EndsWith("Id", StringComparison.Ordinal) && property.Name != "Id" && !property.Name.EndsWith("UserId", StringComparison.Ordinal) && !_kernelKeys.Contains(property.Name, StringComparer.Ordinal)
        where !property.GetContainingForeignKeys().Any(k => k.PrincipalEntityType.ClrType == typeof(Spine) || k.PrincipalEntityType.ClrType.Assembly == pair.Entity.ClrType.Assembly)
        select $"{pair.Entity.ClrType.Name}.{property.Name}: points to a record without a foreign key to the spine (say it.Reference)";

    /// <summary>The entities of the installed modules.</summary>
    public static IEnumerable<(string Module, IEntityType Entity)> Entities(IModel model) =>
        from entity in model.GetEntityTypes()
        let assembly = entity.ClrType.Assembly
        where assembly.GetCustomAttribute<ModuleAttribute>() is not null
        select (assembly.GetName().Name!, entity);

    private static string Word(string module) => module[(module.LastIndexOf('.') + 1)..].ToLowerInvariant();
}
