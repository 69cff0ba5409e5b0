using Crm.Abstractions.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Files.Files;

/// <summary>The module's tables.</summary>
internal sealed class FileMapping : Mapping
{
    public override void Map(ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Entity<FileContent>(e =>
        {
            e.ToTable("files_content").HasKey(c => c.Id);
            e.Property(c => c.Id).ValueGeneratedNever();
            e.HasIndex(c => c.Hash).IsUnique().HasFilter("is_whole");
        });
        model.Entity<FileChunk>(e =>
        {
            e.ToTable("files_chunk").HasKey(c => new { c.ContentId, c.Position });
            e.HasOne<FileContent>().WithMany().HasForeignKey(c => c.ContentId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<StoredFile>(e =>
        {
            e.Record("files_file");
            e.Reference(f => f.AboutId);
            e.HasOne<FileContent>().WithMany().HasForeignKey(f => f.ContentId).OnDelete(DeleteBehavior.Restrict);
            e.Property(f => f.Name).Personal();
        });
    }
}
