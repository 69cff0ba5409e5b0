namespace Crm.Kernel.Users;

/// <summary>Somebody who signs in. Never deleted: history keeps the name.</summary>
internal sealed class User
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public string Email { get; set; } = "";

    public string NormalizedEmail { get; set; } = "";

    public string Name { get; set; } = "";

    public string? PasswordHash { get; set; }

    public string SecurityStamp { get; set; } = "";

    public int AccessFailedCount { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }

    public bool HasSecondFactor { get; set; }

    public string? AuthenticatorKey { get; set; }

    public string? RecoveryCodes { get; set; }

    /// <summary>The second factor's codes of the last minutes, each with when it was used: a code is good once, on whichever node.</summary>
    public string? UsedCodes { get; set; }

    public Guid? DepartmentId { get; set; }

    public string TimeZone { get; set; } = "";

    public string Language { get; set; } = "";

    public string Theme { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? DisabledAt { get; set; }

    public List<UserRole> Roles { get; } = [];

    public List<UserDepartment> FurtherDepartments { get; } = [];
}

/// <summary>A role that a user has.</summary>
internal sealed class UserRole
{
    public Guid UserId { get; init; }

    public Guid RoleId { get; init; }
}

/// <summary>A department that a user belongs to beside his own.</summary>
internal sealed class UserDepartment
{
    public Guid UserId { get; init; }

    public Guid DepartmentId { get; init; }
}
