namespace Crm.Abstractions.Security;

/// <summary>What somebody may do and how far it reaches, as of this request.</summary>
/// <param name="userId">Whose rights; null for nobody signed in and for the system.</param>
/// <param name="name">The name shown where this somebody acted.</param>
/// <param name="scopes">The widest scope by permission, over all roles that grant it.</param>
/// <param name="departments">The user's own departments.</param>
/// <param name="subtree">The user's departments and all below them.</param>
/// <param name="isSystem">True for the server itself, which may do everything.</param>
/// <param name="predecessors">Users whose records are this user's since a hand-over whose rows are still on their way.</param>
public sealed class Rights(
    Guid? userId,
    string name,
    IReadOnlyDictionary<string, RoleScope> scopes,
    IReadOnlyList<Guid> departments,
    IReadOnlyList<Guid> subtree,
    bool isSystem = false,
    IReadOnlyList<Guid>? predecessors = null)
{
    /// <summary>Nobody: may do nothing.</summary>
    public static Rights Nobody { get; } = new(null, "", new Dictionary<string, RoleScope>(), [], []);

    /// <summary>The server itself.</summary>
    public static Rights System { get; } = new(null, "System", new Dictionary<string, RoleScope>(), [], [], isSystem: true);

    /// <summary>Whose rights; null for nobody signed in and for the system.</summary>
    public Guid? UserId { get; } = userId;

    /// <summary>The name shown where this somebody acted.</summary>
    public string Name { get; } = name;

    /// <summary>Users whose records are this user's since a hand-over whose rows are still on their way; mostly none.</summary>
    public IReadOnlyList<Guid> Predecessors { get; } = predecessors ?? [];

    /// <summary>Whose records are this user's: his own, and his predecessors'.</summary>
    public IReadOnlyList<Guid> Owners { get; } = [.. predecessors ?? [], userId ?? Guid.Empty];

    /// <summary>True for the server itself, which may do everything.</summary>
    public bool IsSystem { get; } = isSystem;

    /// <summary>The user's own departments.</summary>
    public IReadOnlyList<Guid> Departments { get; } = departments;

    /// <summary>The user's departments and all below them.</summary>
    public IReadOnlyList<Guid> Subtree { get; } = subtree;

    /// <summary>The permissions held.</summary>
    public IEnumerable<string> Permissions => scopes.Keys;

    /// <summary>Says whether what somebody owns is this user's own.</summary>
    /// <param name="owner">The owner of a record, or null.</param>
    public bool Owns(Guid? owner) => owner is { } id && (id == UserId || Predecessors.Contains(id));

    /// <summary>Says whether a permission is held; an empty name asks for nothing.</summary>
    /// <param name="permission">The permission's name, or null.</param>
    public bool May(string? permission) => IsSystem || string.IsNullOrEmpty(permission) || scopes.ContainsKey(permission);

    /// <summary>How far a permission reaches, or null where it isn't held.</summary>
    /// <param name="permission">The permission's name.</param>
    public RoleScope? ScopeOf(string permission) =>
        IsSystem ? RoleScope.All : scopes.TryGetValue(permission, out var scope) ? scope : null;
}

/// <summary>Who acts in this scope: a signed-in user, a token's user, or the system.</summary>
public interface ICurrentUser
{
    /// <summary>Reads the rights, once a scope.</summary>
    /// <param name="ct">Ends the read.</param>
    ValueTask<Rights> RightsAsync(CancellationToken ct);
}
