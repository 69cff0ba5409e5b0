using Crm.Abstractions.Records;
using Crm.Kernel.Records;

namespace Crm.Kernel.Generate;

/// <summary>Makes appointments of half an hour to two with customers, each in their owner's calendar: of a year, most of them past.</summary>
internal sealed class AppointmentMaker(RecordTypes types, TitleKeys keys, Random random, Customers customers, DateTimeOffset now) : IRecordMaker
{
    private readonly Names _names = new(random);
    private readonly RecordForge _appointment = RecordForge.Of(types, "appointment", keys) ?? throw new RuleViolation("", "There is no module for appointments.");

    public IRecord Next()
    {
        var customer = customers.Any();
        var day = DateOnly.FromDateTime(now.UtcDateTime).AddDays(random.Next(-300, 60));
        var start = new TimeOnly(random.Next(8, 17), 30 * random.Next(2));
        var made = _appointment.Make(
            null, now.AddMinutes(-random.Next(1, 50_000)), ("subject", _names.Subject()), ("about", customer.Id), ("zone", "Etc/UTC"), ("startOn", day), ("startTime", start),
            ("endOn", day), ("endTime", start.AddMinutes(30 * random.Next(1, 5))));
        made.Spine.OwnerId = customer.OwnerId;
        return made;
    }
}
