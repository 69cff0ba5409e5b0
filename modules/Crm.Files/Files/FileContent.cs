namespace Crm.Files.Files;

/// <summary>Bytes that are kept once, however many files have them.</summary>
internal sealed class FileContent
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>SHA-256 of the bytes.</summary>
    public byte[] Hash { get; init; } = [];

    public long Length { get; init; }

    /// <summary>False while chunks are still written; an unfinished one is used by no file.</summary>
    public bool IsWhole { get; set; }
}

/// <summary>A piece of a content.</summary>
internal sealed class FileChunk
{
    /// <summary>Bytes a chunk: each is a short unit of its own, so that a large file holds no writer up.</summary>
    public const int Size = 256 * 1024;

    public Guid ContentId { get; init; }

    public int Position { get; init; }

    public byte[] Bytes { get; init; } = [];
}
