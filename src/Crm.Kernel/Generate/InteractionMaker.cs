using Crm.Abstractions.Records;
using Crm.Kernel.Records;

namespace Crm.Kernel.Generate;

/// <summary>Makes contacts of two years with customers, each by the customer's owner.</summary>
internal sealed class InteractionMaker(RecordTypes types, TitleKeys keys, Random random, Customers customers, DateTimeOffset now) : IRecordMaker
{
    private static readonly string[] _channels = ["phone", "phone", "phone", "email", "email", "email", "in-person", "in-person", "letter", "web"];

    private readonly Names _names = new(random);
    private readonly RecordForge _interaction = RecordForge.Of(types, "interaction", keys) ?? throw new RuleViolation("", "There is no module for interactions.");

    public IRecord Next()
    {
        var customer = customers.Any();
        var at = now.AddMinutes(-random.Next(1, 1_050_000));
        var made = _interaction.Make(
            customer.Id, at, ("at", at), ("channel", _channels[random.Next(_channels.Length)]), ("subject", _names.Subject()), ("user", customer.OwnerId),
            ("minutes", (decimal)random.Next(2, 90)), ("text", random.Next(2) == 0 ? _names.Sentence() : null));
        (made.Spine.DecidedById, made.Spine.OwnerId) = (customer.Id, null);
        return made;
    }
}
