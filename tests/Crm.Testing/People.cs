using Crm.Abstractions.Security;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;

namespace Crm.Testing;

/// <summary>Makes users and departments for tests.</summary>
public sealed class People(CrmHost host)
{
    /// <summary>The password of every test user.</summary>
    public const string Password = "correct horse battery";

    /// <summary>The first administrator, made once.</summary>
    public async Task<Guid> AdministratorAsync()
    {
        Guid? id = null;
        await host.InAsync(async db => id = await db.Set<User>().Where(u => u.Email == "admin@example.org").Select(u => (Guid?)u.Id).FirstOrDefaultAsync());
        return id ?? await UserAsync("admin", ReadyRoles.Administrator);
    }

    /// <summary>Adds a department.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="parent">The one above it.</param>
    public async Task<Guid> DepartmentAsync(string name, Guid? parent = null)
    {
        var department = new Department { Name = name, ParentId = parent };
        await host.InAsync(async db =>
        {
            db.Add(department);
            await db.SaveChangesAsync();
        });
        return department.Id;
    }

    /// <summary>Adds a user with a role.</summary>
    /// <param name="name">His name, and the first part of his address.</param>
    /// <param name="role">A ready role.</param>
    /// <param name="department">His department.</param>
    public async Task<Guid> UserAsync(string name, string role, Guid? department = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        var email = $"{name}@example.org";
        var user = new User
        {
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            Name = name,
            DepartmentId = department,
            SecurityStamp = Guid.CreateVersion7().ToString("N"),
            CreatedAt = TimeProvider.System.GetUtcNow(),
        };
        user.PasswordHash = new Microsoft.AspNetCore.Identity.PasswordHasher<User>().HashPassword(user, Password);
        await host.InAsync(async db =>
        {
            var roleId = await db.Set<Role>().Where(r => r.Name == role).Select(r => r.Id).FirstAsync();
            user.Roles.Add(new UserRole { UserId = user.Id, RoleId = roleId });
            db.Add(user);
            await db.SaveChangesAsync();
        });
        return user.Id;
    }
}
