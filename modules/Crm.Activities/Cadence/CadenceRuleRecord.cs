using Crm.Abstractions.Records;

namespace Crm.Activities.Cadence;

/// <summary>Cadence rules, described once for every door.</summary>
internal sealed class CadenceRuleRecord : RecordType<CadenceRule>
{
    public override CadenceRule Create(Guid? about) => CadenceRule.New();

    public override void Check(CadenceRule record)
    {
        ArgumentNullException.ThrowIfNull(record);
        record.Check();
    }

    protected override void Describe(RecordDescription<CadenceRule> it)
    {
        ArgumentNullException.ThrowIfNull(it);
        it.Named(CadenceRule.KindName, "cadence-rules", "activities").Shown("Cadence rule", "Cadence rules", "heartbeat")
            .Allowed(ActivitiesPermissions.AdministerCadence, ActivitiesPermissions.AdministerCadence, ActivitiesPermissions.AdministerCadence)
            .Loads("Channels");
        it.Field(r => r.Name).Required().Max(120).Searchable();
        it.OneOf(r => r.Customers).Label("Customers").Required().Listed()
            .Options(new FieldOption(Customer.Both, "People and organisations"), new FieldOption(Customer.Person, "People"), new FieldOption(Customer.Organization, "Organisations"));
        it.Field(r => r.Segment).Label("Segment", "The name of a view that was saved for everybody. Empty: all of them.").Listed();
        it.ManyOf("channels", r => r.Channels.Select(c => c.Channel), r => r.Channels.Select(c => c.Channel).Order(StringComparer.Ordinal), (r, words) => r.Count(words))
            .Label("Contacts by", "Where none is chosen, all count.").From(ActivitiesLists.Channels).Listed();
        it.Field(r => r.AtLeastDays).Label("At least once in so many days").Listed();
        it.Field(r => r.AtMostTimes).Label("At most so many times").Listed();
        it.Field(r => r.AtMostDays).Label("Within so many days").Listed();
        it.Field(r => r.IsActive).Label("Active").Listed();
    }

    protected override string Title(CadenceRule record) => record.Name.Trim();
}
