using Crm.Abstractions.Records;

namespace Crm.Files.Files;

/// <summary>A file on a record. Its bytes are a content that several files may share.</summary>
internal sealed class StoredFile : IRecord
{
    public StoredFile(Guid about)
    {
        Id = Guid.CreateVersion7();
        Spine = new Spine(Id, "file") { DecidedById = about };
        AboutId = about;
    }

    private StoredFile() => Spine = null!;

    public Guid Id { get; private set; }

    public Spine Spine { get; private set; }

    public Guid AboutId { get; private set; }

    public Guid ContentId { get; set; }

    public string Name { get; set; } = "";

    /// <summary>What the bytes say they are, not what the sender said.</summary>
    public string MediaType { get; set; } = "";

    /// <summary>In bytes.</summary>
    public long Length { get; set; }

    /// <summary>A name that is safe to offer for saving: no folders, no control characters, not endless.</summary>
    public static string CleanName(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = new string(last.Where(c => !char.IsControl(c) && !"<>:\"|?*".Contains(c, StringComparison.Ordinal)).ToArray()).Trim(' ', '.');
        if (clean.Length == 0)
            return "file";
        return clean.Length <= 200 ? clean : PlainText.Clip(clean, 150) + PlainText.Clip(Path.GetExtension(clean), 20);
    }
}
