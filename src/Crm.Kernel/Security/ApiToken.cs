namespace Crm.Kernel.Security;

/// <summary>A bearer token of a user; only its hash is kept.</summary>
internal sealed class ApiToken
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid UserId { get; init; }

    public string Name { get; set; } = "";

    /// <summary>SHA-256 of the token: it is random and long, so no slow hash is needed.</summary>
    public byte[] Hash { get; init; } = [];

    /// <summary>Space-separated scopes; <c>read</c>, <c>write</c>.</summary>
    public string Scopes { get; set; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>The first answer to a POST with an idempotency key.</summary>
internal sealed class IdempotentAnswer
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid UserId { get; init; }

    public string Key { get; init; } = "";

    public byte[] RequestHash { get; init; } = [];

    public int Status { get; set; }

    public string? Location { get; set; }

    public string? ETag { get; set; }

    public string Body { get; set; } = "";

    public DateTimeOffset At { get; init; }
}

/// <summary>A record that a kept answer names: when it is forgotten, the answer's words are.</summary>
internal sealed class AnsweredRecord
{
    public Guid RecordId { get; init; }

    public Guid AnswerId { get; init; }
}

/// <summary>A key of ASP.NET Core's data protection, in the database so that it is in the backup and on every node.</summary>
internal sealed class ProtectionKey
{
    public string Name { get; init; } = "";

    public string Xml { get; init; } = "";
}
