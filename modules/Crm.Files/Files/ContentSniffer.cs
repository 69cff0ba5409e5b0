using System.Text;

namespace Crm.Files.Files;

/// <summary>Says what bytes are by looking at them; what the sender claims is not believed.</summary>
internal static class ContentSniffer
{
    private static readonly (byte[] Magic, int At, string Type)[] _known =
    [
        ("%PDF-"u8.ToArray(), 0, "application/pdf"),
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], 0, "image/png"),
        ([0xFF, 0xD8, 0xFF], 0, "image/jpeg"),
        ("GIF8"u8.ToArray(), 0, "image/gif"),
        ("WEBP"u8.ToArray(), 8, "image/webp"),
        ("ftyp"u8.ToArray(), 4, "video/mp4"),
        ("OggS"u8.ToArray(), 0, "application/ogg"),
        ("ID3"u8.ToArray(), 0, "audio/mpeg"),
        ([0x1F, 0x8B], 0, "application/gzip"),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], 0, "application/x-ole-storage"),
        ("{\\rtf"u8.ToArray(), 0, "application/rtf"),
    ];

    /// <summary>The media type of a file by its first bytes; its name helps only among packages of one format.</summary>
    public static string TypeOf(ReadOnlySpan<byte> start, string name)
    {
        foreach (var (magic, at, type) in _known)
        {
            if (start.Length >= at + magic.Length && start[at..].StartsWith(magic))
                return type;
        }

        if (start.StartsWith("PK\x03\x04"u8))
            return PackageType(name);
        // Whatever reads as text is offered as plain text: markup and scripts are not run.
        return IsText(start) ? "text/plain" : "application/octet-stream";
    }

    private static string PackageType(string name) => Path.GetExtension(name).ToUpperInvariant() switch
    {
        ".DOCX" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ".XLSX" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ".PPTX" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ".ODT" => "application/vnd.oasis.opendocument.text",
        ".ODS" => "application/vnd.oasis.opendocument.spreadsheet",
        _ => "application/zip",
    };

    private static bool IsText(ReadOnlySpan<byte> start)
    {
        if (start.IndexOf((byte)0) >= 0)
            return false;
        // A character may be cut at the end of the look: up to three bytes are forgiven.
        for (var cut = 0; cut <= Math.Min(3, start.Length); cut++)
        {
            if (IsUtf8(start[..^cut]))
                return true;
        }

        return false;
    }

    private static bool IsUtf8(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out _, out var read) != System.Buffers.OperationStatus.Done)
                return false;
            bytes = bytes[read..];
        }

        return true;
    }
}
