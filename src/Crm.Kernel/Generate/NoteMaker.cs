using Crm.Abstractions.Records;
using Crm.Kernel.Records;

namespace Crm.Kernel.Generate;

/// <summary>Makes notes about contacts.</summary>
internal sealed class NoteMaker(RecordTypes types, TitleKeys keys, Random random, Customers customers, DateTimeOffset now) : IRecordMaker
{
    private readonly Names _names = new(random);
    private readonly RecordForge _note = RecordForge.Of(types, "note", keys) ?? throw new RuleViolation("", "There is no module for notes.");

    public IRecord Next()
    {
        var about = customers.Any().Id;
        var note = _note.Make(about, now.AddMinutes(-random.Next(1, 1_000_000)), ("text", _names.Sentence()));
        note.Spine.DecidedById = about;
        return note;
    }
}
