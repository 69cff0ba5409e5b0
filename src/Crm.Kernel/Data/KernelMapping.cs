using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Kernel.Audit;
using Crm.Kernel.Modules;
using Crm.Kernel.Outbox;
using Crm.Kernel.Security;
using Crm.Kernel.Settings;
using Crm.Kernel.Timeline;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Kernel.Data;

/// <summary>The kernel's own tables.</summary>
internal sealed class KernelMapping : Mapping
{
    public override void Map(ModelBuilder model)
    {
        Spine(model.Entity<Spine>());
        People(model);
        Access(model);
        Trails(model);
        model.Entity<FeatureSwitch>(e =>
        {
            e.ToTable("core_switch").HasKey(s => s.Id);
            e.HasOne<Department>().WithMany().HasForeignKey(s => s.DepartmentId).OnDelete(DeleteBehavior.Restrict);
            e.Audited();
        });
        model.Entity<Setting>(e => e.ToTable("core_setting").Audited().HasKey(s => s.Name));
    }

    private static void Spine(EntityTypeBuilder<Spine> it)
    {
        it.ToTable("core_record").HasKey(r => r.Id);
        it.Property(r => r.Id).ValueGeneratedNever();
        it.Property(r => r.Version).IsConcurrencyToken();
        it.HasOne<User>().WithMany().HasForeignKey(r => r.OwnerId).OnDelete(DeleteBehavior.Restrict);
        it.HasOne<Department>().WithMany().HasForeignKey(r => r.DepartmentId).OnDelete(DeleteBehavior.Restrict);
        it.HasOne(r => r.DecidedBy).WithMany().HasForeignKey(r => r.DecidedById).OnDelete(DeleteBehavior.Restrict);
        it.HasMany(r => r.Abouts).WithOne().HasForeignKey(a => a.RecordId).OnDelete(DeleteBehavior.Cascade);
        it.HasIndex(r => new { r.Kind, r.SortKey, r.Id, r.OwnerId, r.DepartmentId }).HasFilter("deleted_at IS NULL");
        it.HasIndex(r => new { r.OwnerId, r.Kind, r.SortKey, r.Id }).HasFilter("deleted_at IS NULL");
        it.HasIndex(r => new { r.DepartmentId, r.Kind, r.SortKey, r.Id }).HasFilter("deleted_at IS NULL");
        it.HasIndex(r => new { r.Kind, r.Match, r.Id }).HasFilter("deleted_at IS NULL");
        it.HasIndex(r => new { r.Kind, r.ExternalId }).IsUnique().HasFilter("external_id IS NOT NULL AND deleted_at IS NULL");
        it.HasIndex(r => new { r.Kind, r.ExternalId, r.Id }).HasFilter("deleted_at IS NOT NULL");
        it.HasIndex(r => new { r.Kind, r.UpdatedAt, r.Id }).HasFilter("deleted_at IS NULL");
        it.HasIndex(r => new { r.OwnerId, r.UpdatedAt, r.Kind }).HasFilter("deleted_at IS NULL");
        it.HasIndex(r => new { r.DecidedById, r.Kind, r.CreatedAt, r.Id }).HasFilter("decided_by_id IS NOT NULL");
        it.HasIndex(r => r.DeletedAt).HasFilter("deleted_at IS NOT NULL");
    }

    private static void People(ModelBuilder model)
    {
        model.Entity<User>(e =>
        {
            e.ToTable("core_user").HasKey(u => u.Id);
            e.Property(u => u.Id).ValueGeneratedNever();
            e.HasIndex(u => u.NormalizedEmail).IsUnique();
            e.HasOne<Department>().WithMany().HasForeignKey(u => u.DepartmentId).OnDelete(DeleteBehavior.Restrict);
            e.HasMany(u => u.Roles).WithOne().HasForeignKey(r => r.UserId).OnDelete(DeleteBehavior.Cascade);
            e.HasMany(u => u.FurtherDepartments).WithOne().HasForeignKey(d => d.UserId).OnDelete(DeleteBehavior.Cascade);
            e.Property(u => u.PasswordHash).Secret();
            e.Property(u => u.SecurityStamp).Secret();
            e.Property(u => u.AuthenticatorKey).Secret();
            // A code is good once: of two who bring it at the same time, the second finds it gone.
            e.Property(u => u.RecoveryCodes).Secret().IsConcurrencyToken();
            e.Property(u => u.UsedCodes).Secret().IsConcurrencyToken();
            e.Audited();
        });
        model.Entity<Department>(e =>
        {
            e.ToTable("core_department").HasKey(d => d.Id);
            e.Property(d => d.Id).ValueGeneratedNever();
            e.HasOne<Department>().WithMany().HasForeignKey(d => d.ParentId).OnDelete(DeleteBehavior.Restrict);
            e.HasIndex(d => d.Name).IsUnique();
            e.Audited();
        });
        Roles(model);
    }

    private static void Roles(ModelBuilder model)
    {
        model.Entity<Role>(e =>
        {
            e.ToTable("core_role").HasKey(r => r.Id);
            e.Property(r => r.Id).ValueGeneratedNever();
            e.HasIndex(r => r.Name).IsUnique();
            e.HasMany(r => r.Permissions).WithOne().HasForeignKey(p => p.RoleId).OnDelete(DeleteBehavior.Cascade);
            e.Audited();
        });
        model.Entity<RolePermission>(e => e.ToTable("core_role_permission").Audited().HasKey(p => new { p.RoleId, p.Permission }));
        model.Entity<UserRole>(e =>
        {
            e.ToTable("core_user_role").HasKey(r => new { r.UserId, r.RoleId });
            e.HasOne<Role>().WithMany().HasForeignKey(r => r.RoleId).OnDelete(DeleteBehavior.Restrict);
            e.Audited();
        });
        model.Entity<UserDepartment>(e =>
        {
            e.ToTable("core_user_department").HasKey(r => new { r.UserId, r.DepartmentId });
            e.HasOne<Department>().WithMany().HasForeignKey(r => r.DepartmentId).OnDelete(DeleteBehavior.Restrict);
            e.Audited();
        });
    }

    private static void Access(ModelBuilder model)
    {
        model.Entity<RecordAbout>(e =>
        {
            e.ToTable("core_about").HasKey(a => new { a.RecordId, a.AboutId, a.Role });
            e.Reference(a => a.AboutId).Audited();
            e.HasIndex(a => new { a.AboutId, a.RecordId });
        });
        model.Entity<RecordShare>(e =>
        {
            e.ToTable("core_share").HasKey(s => new { s.PrincipalId, s.RecordId });
            e.Reference(s => s.RecordId).Audited();
        });
        model.Entity<RecordManager>(e =>
        {
            e.ToTable("core_manager").HasKey(s => new { s.UserId, s.RecordId });
            e.HasOne<User>().WithMany().HasForeignKey(m => m.UserId).OnDelete(DeleteBehavior.Restrict);
            e.Reference(s => s.RecordId).Audited();
        });
        model.Entity<ApiToken>(e =>
        {
            e.ToTable("core_token").HasKey(t => t.Id);
            e.HasIndex(t => t.Hash).IsUnique();
            e.HasOne<User>().WithMany().HasForeignKey(t => t.UserId).OnDelete(DeleteBehavior.Restrict);
            e.Property(t => t.Hash).Secret();
        });
        model.Entity<IdempotentAnswer>(e =>
        {
            e.ToTable("core_idempotency").HasKey(t => t.Id);
            e.HasIndex(t => new { t.UserId, t.Key }).IsUnique();
            e.HasIndex(t => t.At);
        });
        model.Entity<AnsweredRecord>(e =>
        {
            e.ToTable("core_idempotency_record").HasKey(r => new { r.RecordId, r.AnswerId });
            e.HasOne<IdempotentAnswer>().WithMany().HasForeignKey(r => r.AnswerId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<ProtectionKey>(e => e.ToTable("core_protection_key").HasKey(k => k.Name));
    }

    private static void Trails(ModelBuilder model)
    {
        model.Entity<AuditAct>(e =>
        {
            e.ToTable("core_audit_act").HasKey(a => a.Id);
            e.HasIndex(a => a.At);
            e.HasIndex(a => new { a.UserId, a.At });
        });
        model.Entity<AuditChange>(e =>
        {
            e.ToTable("core_audit_change").HasKey(a => a.Id);
            e.HasOne<AuditAct>().WithMany().HasForeignKey(c => c.ActId).OnDelete(DeleteBehavior.Restrict);
            e.HasIndex(c => c.RecordId);
        });
        model.Entity<TimelineRow>(e =>
        {
            e.ToTable("core_timeline").HasKey(t => t.Id);
            e.Reference(t => t.RecordId).Reference(t => t.SourceId);
            e.HasIndex(t => new { t.RecordId, t.At, t.Id });
        });
        model.Entity<OutboxMessage>(e =>
        {
            e.ToTable("core_outbox").HasKey(m => m.Id);
            // Two nodes that take one message at once: the second sees that its time has changed.
            e.Property(m => m.DueAt).IsConcurrencyToken();
            e.HasIndex(m => m.DueAt).HasFilter("due_at IS NOT NULL");
        });
    }
}
