using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Crm.Abstractions.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Calendar;

/// <summary>The address at which other programs read a user's calendar: whoever has it reads it. Only what it hashes to is kept.</summary>
internal sealed class Feed
{
    private const int SecretBytes = 32;

    private Feed() => Hash = [];

    private Feed(Guid userId, byte[] hash, DateTimeOffset now) => (UserId, Hash, MadeAt) = (userId, hash, now);

    public Guid UserId { get; private set; }

    public byte[] Hash { get; private set; }

    public DateTimeOffset MadeAt { get; private set; }

    public static (Feed Feed, string Secret) New(Guid user, DateTimeOffset now)
    {
        var secret = NewSecret();
        return (new Feed(user, HashOf(secret), now), secret);
    }

    /// <summary>Makes a new address; the old one leads nowhere from then on.</summary>
    public string Renew(DateTimeOffset now)
    {
        var secret = NewSecret();
        (Hash, MadeAt) = (HashOf(secret), now);
        return secret;
    }

    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
}

/// <summary>Columns of <c>activities_feed</c>, and how they came to be.</summary>
internal sealed class FeedMapping : Mapping
{
    public override void Map(ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Entity<Feed>(it =>
        {
            it.ToTable("activities_feed").Audited().HasKey(f => f.UserId);
            it.Property(f => f.UserId).ValueGeneratedNever();
            it.Property(f => f.Hash).Secret();
            it.HasIndex(f => f.Hash).IsUnique();
        });
    }

    public static void Build(SchemaChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        change.Table("activities_feed", t =>
        {
            t.Key("user_id");
            t.Bytes("hash");
            t.Instant("made_at");
        });
        change.Index("activities_feed", ["hash"], unique: true);
    }
}
