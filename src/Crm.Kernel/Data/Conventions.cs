using System.Text;
using Crm.Abstractions.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Crm.Kernel.Data;

/// <summary>One convention for every module's columns: snake case, and types that sort and sum alike on both databases.</summary>
internal static class Conventions
{
    public static void Types(ModelConfigurationBuilder conventions, bool isSqlite)
    {
        conventions.Properties<SortKey>().HaveConversion<SortKeyBytes>();
        // A discriminator would get a length, and with it another type than our columns of text have.
        conventions.Conventions.Remove(typeof(DiscriminatorLengthConvention));
        if (!isSqlite)
            return;
        // SQLite keeps both as text otherwise: 36 bytes a key, and moments that sort wrongly.
        conventions.Properties<Guid>().HaveConversion<GuidBytes>();
        conventions.Properties<DateTimeOffset>().HaveConversion<InstantMicroseconds>();
    }

    public static void Names(ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetDeclaredProperties())
                property.SetColumnName(SnakeCase(property.Name));
        }
    }

    public static string SnakeCase(string name)
    {
        var snake = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0 && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]))))
                snake.Append('_');
            snake.Append(char.ToLowerInvariant(name[i]));
        }

        return snake.ToString();
    }
}

/// <summary>Big-endian bytes, which sort as version 7 ids are made: by time.</summary>
internal sealed class GuidBytes()
    : ValueConverter<Guid, byte[]>(id => id.ToByteArray(true), bytes => new Guid(bytes, true));

/// <summary>Microseconds since 1970: the precision that PostgreSQL keeps.</summary>
internal sealed class InstantMicroseconds()
    : ValueConverter<DateTimeOffset, long>(
        at => (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10,
        micro => new DateTimeOffset(DateTimeOffset.UnixEpoch.Ticks + (micro * 10), TimeSpan.Zero));

/// <summary>The bytes of a sort key.</summary>
internal sealed class SortKeyBytes()
    : ValueConverter<SortKey, byte[]>(key => key.ToArray(), bytes => new SortKey(bytes));
