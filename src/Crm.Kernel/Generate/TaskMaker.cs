using Crm.Abstractions.Records;
using Crm.Kernel.Records;

namespace Crm.Kernel.Generate;

/// <summary>Makes open tasks about customers, each their owner's: a tenth are late, the others due within some months.</summary>
internal sealed class TaskMaker(RecordTypes types, TitleKeys keys, Random random, Customers customers, DateTimeOffset now) : IRecordMaker
{
    private readonly Names _names = new(random);
    private readonly RecordForge _task = RecordForge.Of(types, "task", keys) ?? throw new RuleViolation("", "There is no module for tasks.");

    public IRecord Next()
    {
        var customer = customers.Any();
        var due = DateOnly.FromDateTime(now.UtcDateTime).AddDays(random.Next(10) == 0 ? -random.Next(1, 30) : random.Next(0, 150));
        var made = _task.Make(
            null, now.AddMinutes(-random.Next(1, 50_000)), ("subject", _names.Subject()), ("about", customer.Id), ("zone", "Etc/UTC"), ("dueOn", due),
            ("dueTime", random.Next(2) == 0 ? new TimeOnly(random.Next(8, 18), 0) : null), ("assignee", customer.OwnerId));
        made.Spine.OwnerId = customer.OwnerId;
        return made;
    }
}
