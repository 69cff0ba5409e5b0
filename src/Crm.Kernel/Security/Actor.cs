using Crm.Abstractions.Security;

namespace Crm.Kernel.Security;

/// <summary>Who acts in this scope, and through which door. Set once, by the door.</summary>
internal sealed class Actor
{
    /// <summary>The signed-in or token's user.</summary>
    public Guid? UserId { get; set; }

    /// <summary>True for the server itself: commands, jobs, set-up.</summary>
    public bool IsSystem { get; set; }

    /// <summary>Where it comes in: <c>page</c>, <c>api</c>, <c>command</c>, <c>import</c>, <c>job</c>.</summary>
    public string Door { get; set; } = "page";

    /// <summary>What the audit calls the act; made from the changes where empty.</summary>
    public string What { get; set; } = "";

    /// <summary>The act that this scope's units belong to, where an act takes several; null for an act a unit.</summary>
    public Audit.OneAct? Act { get; set; }

    /// <summary>Permissions that the token's scopes leave, or null for all.</summary>
    public Func<string, bool>? Leaves { get; set; }
}

/// <summary>Reads the rights of the scope's actor, once.</summary>
internal sealed class CurrentUser(Actor actor, KnownHere known) : ICurrentUser
{
    private Rights? _rights;

    public async ValueTask<Rights> RightsAsync(CancellationToken ct)
    {
        if (_rights is not null)
            return _rights;
        return _rights = actor switch
        {
            { IsSystem: true } => Rights.System,
            { UserId: { } id } => await known.RightsAsync(id, actor.Leaves, ct),
            _ => Rights.Nobody,
        };
    }

    /// <summary>Forgets what was read, after the actor changed within the scope (sign-in).</summary>
    public void Forget()
    {
        _rights = null;
        known.Forget();
    }
}
