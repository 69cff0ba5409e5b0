namespace Crm.Abstractions.Security;

/// <summary>What a module may know of users and departments, whose tables are the kernel's own.</summary>
public interface IStaff
{
    /// <summary>The names of users by id; those that don't exist are left out. A deactivated user keeps his name.</summary>
    /// <param name="users">The users' ids.</param>
    /// <param name="ct">Ends the read.</param>
    Task<IReadOnlyDictionary<Guid, string>> NamesAsync(IReadOnlyCollection<Guid> users, CancellationToken ct);

    /// <summary>The users that may sign in, by name.</summary>
    /// <param name="ct">Ends the read.</param>
    Task<IReadOnlyList<StaffMember>> ActiveAsync(CancellationToken ct);

    /// <summary>The zone in which a user reads times; the site's where he chose none, and where nobody is named.</summary>
    /// <param name="user">The user's id, or null.</param>
    /// <param name="ct">Ends the read.</param>
    Task<TimeZoneInfo> ZoneOfAsync(Guid? user, CancellationToken ct);

    /// <summary>The country (ISO 3166) of a department or of the nearest above it that has one; null where none has.</summary>
    /// <param name="department">The department's id.</param>
    /// <param name="ct">Ends the read.</param>
    Task<string?> CountryOfAsync(Guid department, CancellationToken ct);

    /// <summary>Where users are: mail, department, zone. Those that don't exist are left out.</summary>
    /// <param name="users">The users' ids.</param>
    /// <param name="ct">Ends the read.</param>
    Task<IReadOnlyList<StaffPlace>> PlacesAsync(IReadOnlyCollection<Guid> users, CancellationToken ct);

    /// <summary>All departments, by name.</summary>
    /// <param name="ct">Ends the read.</param>
    Task<IReadOnlyList<StaffDepartment>> DepartmentsAsync(CancellationToken ct);
}

/// <summary>Where a user is.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Name">The name.</param>
/// <param name="Email">The address of e-mail.</param>
/// <param name="DepartmentId">The user's own department, or null.</param>
/// <param name="Zone">The zone in which the user lives: the one chosen, else the site's.</param>
public sealed record StaffPlace(Guid Id, string Name, string Email, Guid? DepartmentId, TimeZoneInfo Zone);

/// <summary>A department as a module may show one.</summary>
/// <param name="Id">The department's id.</param>
/// <param name="Name">The name.</param>
/// <param name="ParentId">The department above it, or null.</param>
public sealed record StaffDepartment(Guid Id, string Name, Guid? ParentId);

/// <summary>A user as a module may show one.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Name">The name.</param>
public sealed record StaffMember(Guid Id, string Name);
