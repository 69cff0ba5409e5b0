using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Microsoft.EntityFrameworkCore;

namespace Crm.Notes.Notes;

/// <summary>Writes a note on a record that the caller sees: for the box on its page and for the API.</summary>
internal sealed class WriteNote(CrmDb db, IRecordTypes types)
{
    public const int MaxLength = 20_000;

    /// <summary>The record's title, or null where the caller may not write on it.</summary>
    public async Task<string?> TitleAsync(Guid about, CancellationToken ct)
    {
        var record = await (await db.VisibleAmongAsync([about], ct)).Include(r => r.DecidedBy).AsNoTracking().FirstOrDefaultAsync(ct);
        return record is not null && await db.MayAsync(NotesPermissions.EditNotes.Name, record, ct) ? record.Title : null;
    }

    /// <summary>Saves the note. The caller has asked for the title.</summary>
    /// <exception cref="RuleViolation">Nothing was written, or too much.</exception>
    public async Task<Note> RunAsync(Guid about, string text, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new RuleViolation("text", "Write something.");
        if (text.Length > MaxLength)
            throw new RuleViolation("text", "This is too long for a note: put it into a file.");
        var note = Note.New();
        note.HangOn(about);
        note.Text = text.Trim();
        types.Of(typeof(Note)).CheckTexts(note);
        db.Add(note);
        await db.SaveChangesAsync(ct);
        return note;
    }
}
