namespace Crm.Abstractions.Security;

/// <summary>Something a role may allow. Its name is the code's and the API's word for it: <c>EditContacts</c>.</summary>
/// <param name="Name">Verb and things, in Pascal case; unique in the product.</param>
/// <param name="Description">What it allows, in English, as an administrator reads it.</param>
/// <param name="IsScoped">True where the role's scope (own, department, all) limits it to rows.</param>
public sealed record Permission(string Name, string Description, bool IsScoped = false);

/// <summary>Which rows a role's permission reaches.</summary>
public enum RoleScope
{
    /// <summary>Records that the user owns, manages, or that are shared with him.</summary>
    Own,

    /// <summary>Also the records of his departments and of those below them.</summary>
    Department,

    /// <summary>All records.</summary>
    All,
}

/// <summary>Lists a module's permissions and which of the ready roles have them from the start.</summary>
public interface IPermissionProvider
{
    /// <summary>The permissions.</summary>
    IEnumerable<Permission> Permissions { get; }

    /// <summary>Permissions by ready role; only what was not decided yet is ever added to a role.</summary>
    IEnumerable<RoleDefault> Defaults { get; }
}

/// <summary>Permissions that a ready role has from the start.</summary>
/// <param name="Role">The role's name, from <see cref="ReadyRoles"/>.</param>
/// <param name="Permissions">The permissions.</param>
public sealed record RoleDefault(string Role, params IReadOnlyList<Permission> Permissions);

/// <summary>Names of the roles that every installation begins with.</summary>
public static class ReadyRoles
{
    /// <summary>A customer at the portal.</summary>
    public const string Customer = "customer";

    /// <summary>Campaigns and segments.</summary>
    public const string Marketing = "marketing";

    /// <summary>A salesperson, who sees own and shared records.</summary>
    public const string Sales = "sales";

    /// <summary>Support and service.</summary>
    public const string Service = "service";

    /// <summary>A people manager, who sees the records of the department and of those below.</summary>
    public const string PeopleManager = "people-manager";

    /// <summary>Key figures with drill-down.</summary>
    public const string DecisionMaker = "decision-maker";

    /// <summary>Segments, trends, models, rules.</summary>
    public const string Analyst = "analyst";

    /// <summary>Everything under administration, and all records.</summary>
    public const string Administrator = "administrator";

    /// <summary>Verifies claimed results and may claim none.</summary>
    public const string Controller = "controller";

    /// <summary>All ready roles but the customer's, in the order in which they are shown.</summary>
    public static IReadOnlyList<string> Staff { get; } =
        [Sales, Marketing, Service, PeopleManager, DecisionMaker, Analyst, Controller, Administrator];
}
