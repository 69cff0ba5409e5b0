using Crm.Abstractions.Records;
using Crm.Kernel.Records;

namespace Crm.Kernel.Generate;

/// <summary>Makes notes about contacts: one contact has a twentieth of them, a tenth of the contacts a third.</summary>
internal sealed class NoteMaker(RecordTypes types, TitleKeys keys, Random random, IReadOnlyList<Guid> contacts, DateTimeOffset now)
{
    private readonly Names _names = new(random);
    private readonly RecordForge _note = RecordForge.Of(types, "note", keys) ?? throw new RuleViolation("", "There is no module for notes.");

    public List<IRecord> Next(int count)
    {
        var notes = new List<IRecord>();
        for (var i = 0; i < count; i++)
        {
            var about = random.Next(20) == 0 ? contacts[0]
                : random.Next(3) == 0 ? contacts[random.Next((contacts.Count / 10) + 1)]
                : contacts[random.Next(contacts.Count)];
            var note = _note.Make(about, now.AddMinutes(-random.Next(1, 1_000_000)), ("text", _names.Sentence()));
            note.Spine.DecidedById = about;
            notes.Add(note);
        }

        return notes;
    }
}
