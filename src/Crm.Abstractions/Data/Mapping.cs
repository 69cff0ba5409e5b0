using System.Linq.Expressions;
using Crm.Abstractions.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Abstractions.Data;

/// <summary>Maps entities to tables. Column names follow from properties in snake case, types from the kernel's conventions.</summary>
public abstract class Mapping
{
    /// <summary>Adds to the one model.</summary>
    /// <param name="model">EF Core's builder.</param>
    public abstract void Map(ModelBuilder model);
}

/// <summary>Maps one entity.</summary>
/// <typeparam name="T">The entity.</typeparam>
public abstract class Mapping<T> : Mapping
    where T : class
{
    /// <inheritdoc/>
    public override void Map(ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Map(model.Entity<T>());
    }

    /// <summary>Maps the entity.</summary>
    /// <param name="it">EF Core's builder.</param>
    protected abstract void Map(EntityTypeBuilder<T> it);
}

/// <summary>The words of a mapping: what interceptors read, said at the entity.</summary>
public static class MappingWords
{
    /// <summary>Annotation of entities whose changes are audited.</summary>
    public const string AuditedMark = "crm:audited";

    /// <summary>Annotation of columns that never leave the database in the clear.</summary>
    public const string SecretMark = "crm:secret";

    /// <summary>Annotation of columns that erasure empties.</summary>
    public const string PersonalMark = "crm:personal";

    /// <summary>Maps a record: its table, its key, its spine; audited.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <param name="it">EF Core's builder.</param>
    /// <param name="table">The table, beginning with the module's word.</param>
    public static EntityTypeBuilder<T> Record<T>(this EntityTypeBuilder<T> it, string table)
        where T : class, IRecord
    {
        ArgumentNullException.ThrowIfNull(it);
        it.ToTable(table);
        it.HasKey(r => r.Id);
        it.Property(r => r.Id).ValueGeneratedNever();
        it.HasOne(r => r.Spine).WithOne().HasForeignKey<T>(r => r.Id).OnDelete(DeleteBehavior.Restrict).IsRequired();
        return it.Audited();
    }

    /// <summary>Maps a column that points to a record of any module: a foreign key to the spine, indexed, re-pointed by merges.</summary>
    /// <typeparam name="T">The entity.</typeparam>
    /// <param name="it">EF Core's builder.</param>
    /// <param name="key">The Guid property.</param>
    public static EntityTypeBuilder<T> Reference<T>(this EntityTypeBuilder<T> it, Expression<Func<T, object?>> key)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(it);
        it.HasOne<Spine>().WithMany().HasForeignKey(key).OnDelete(DeleteBehavior.Restrict);
        return it;
    }

    /// <summary>Says that changes of the entity are audited with before and after.</summary>
    /// <typeparam name="T">The entity.</typeparam>
    /// <param name="it">EF Core's builder.</param>
    public static EntityTypeBuilder<T> Audited<T>(this EntityTypeBuilder<T> it)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(it);
        it.HasAnnotation(AuditedMark, true);
        return it;
    }

    /// <summary>Says that the column is secret: audited without its values, in no export.</summary>
    /// <typeparam name="TProperty">The property's type.</typeparam>
    /// <param name="property">EF Core's builder.</param>
    public static PropertyBuilder<TProperty> Secret<TProperty>(this PropertyBuilder<TProperty> property)
    {
        ArgumentNullException.ThrowIfNull(property);
        return property.HasAnnotation(SecretMark, true);
    }

    /// <summary>Says that the column is personal: erasure empties it, audit values included.</summary>
    /// <typeparam name="TProperty">The property's type.</typeparam>
    /// <param name="property">EF Core's builder.</param>
    public static PropertyBuilder<TProperty> Personal<TProperty>(this PropertyBuilder<TProperty> property)
    {
        ArgumentNullException.ThrowIfNull(property);
        return property.HasAnnotation(PersonalMark, true);
    }
}
