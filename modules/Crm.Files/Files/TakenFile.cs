using System.Text;

namespace Crm.Files.Files;

/// <summary>Bytes that were taken in, on their way to become a file.</summary>
internal sealed class TakenFile(Stream spool, byte[] hash, string name, string mediaType) : IAsyncDisposable
{
    public Stream Spool => spool;

    public byte[] Hash => hash;

    public string Name => name;

    public string MediaType => mediaType;

    /// <summary>The content that was written for it; null where another file's is the same.</summary>
    public Guid? Written { get; set; }

    /// <summary>What stands for name and bytes.</summary>
    public ReadOnlyMemory<byte> Says() => (byte[])[.. hash, .. Encoding.UTF8.GetBytes(name)];

    public ValueTask DisposeAsync() => spool.DisposeAsync();
}
