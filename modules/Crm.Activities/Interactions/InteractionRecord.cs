using Crm.Abstractions.Records;

namespace Crm.Activities.Interactions;

/// <summary>Interactions, described once for every door.</summary>
internal sealed class InteractionRecord(IChoices choices, TimeProvider clock) : RecordType<Interaction>
{
    public override Interaction Create(Guid? about)
    {
        var made = Interaction.New();
        made.At = clock.GetUtcNow();
        made.Channel = choices.Of(ActivitiesLists.Channels.Name).FirstOrDefault(c => !c.IsRetired)?.Value ?? "";
        if (about is { } id)
            made.HangOn(id);
        return made;
    }

    public override void Check(Interaction record)
    {
        ArgumentNullException.ThrowIfNull(record);
        record.Check(clock.GetUtcNow());
    }

    protected override void Describe(RecordDescription<Interaction> it)
    {
        ArgumentNullException.ThrowIfNull(it);
        it.Named(Interaction.KindName, "interactions", "activities").Shown("Interaction", "Interactions", "message-2")
            .Allowed(ActivitiesPermissions.ViewInteractions, ActivitiesPermissions.EditInteractions, ActivitiesPermissions.DeleteInteractions)
            .HangsOnRecord().ConcernsRecords().KeptWhenErased().OrderedBy("-at")
            .Viewed("newest", "Newest first", "", "-at").Viewed("waiting", "Waiting for confirmation", "resultState eq claimed", "at").Loads("Colleagues");
        it.Field(i => i.Subject).Label("About what").Max(300).Searchable().Personal();
        it.OneOf(i => i.Channel).From(ActivitiesLists.Channels).Required().Listed().KeyFact();
        it.Field(i => i.Direction).Listed();
        it.Field(i => i.At).Label("When").Required().Sortable().Listed().KeyFact();
        it.Link(i => i.Spine.DecidedById, "about").Label("Customer").Required().Listed().KeyFact().Headers("About", "Person External ID", "Organization External ID");
        it.Links("with", Interaction.WithRole, (i, ids) => i.Concern(Interaction.WithRole, ids), "person").Label("Present on their side");
        it.Links("alsoAbout", Interaction.AlsoRole, (i, ids) => i.Concern(Interaction.AlsoRole, ids)).Label("Concerns also");
        it.User(i => i.UserId, "user").Label("Colleague").Listed().KeyFact();
        it.Users("colleagues", i => i.Colleagues.Select(c => c.UserId), i => i.Colleagues.Select(c => c.UserId), (i, ids) => i.TakePart(ids)).Label("Present on our side");
        it.Field(i => i.Minutes).Label("Minutes");
        it.LongText(i => i.Text).Label("What was said").Searchable().Personal().Mentions();
        it.OneOf(i => i.Outcome).From(ActivitiesLists.Outcomes).Listed();
        Result(it);
    }

    protected override string Title(Interaction record)
    {
        var words = record.Subject.Trim() is { Length: > 0 } subject ? subject : (record.Text ?? "").Trim();
        return PlainText.Shorten(words.ReplaceLineEndings("\n").Split('\n')[0], 120);
    }

    protected override IEnumerable<TimelineEntry> Timeline(Interaction record)
    {
        var icon = choices.Of(ActivitiesLists.Channels.Name).FirstOrDefault(c => c.Value == record.Channel)?.Icon ?? Icon;
        var text = string.Join('\n', new[] { record.Subject, record.Text }.Where(t => !string.IsNullOrWhiteSpace(t)));
        return record.ConcernedAtAll().Select(id => new TimelineEntry(id, record.At, text, icon));
    }

    private static void Result(RecordDescription<Interaction> it)
    {
        const string Group = "Result";
        it.OneOf(i => i.ResultType).From(ActivitiesLists.Results).Label("What it brought").Under(Group);
        it.Money("result", i => i.ResultAmount / Interaction.TenThousandths, i => i.ResultCurrency, i => i.Result, (i, sum) => i.Bring(sum)).Label("Amount").Under(Group);
        it.Field(i => i.ResultMoney).Label("Money").Under(Group);
        it.Computed("resultState", FieldKind.OneOf, i => i.ResultState).Label("State").Options(
            new FieldOption("claimed", "Claimed", "yellow"), new FieldOption("confirmed", "Confirmed", "green"),
            new FieldOption("rejected", "Rejected", "red"), new FieldOption("reversed", "Reversed", "orange")).Under(Group);
        it.Computed("resultReason", FieldKind.Text, i => i.ResultReason).Label("Reason of the decision").Under(Group);
        it.Deed<ConfirmResult>("confirm", "Confirm the result", "circle-check", ActivitiesPermissions.VerifyResults);
        it.Deed<RejectResult>("reject", "Reject the result", "circle-x", ActivitiesPermissions.VerifyResults, new DeedInput("reason", FieldKind.LongText, "Why"));
        it.Deed<ReverseResult>("reverse", "Reverse the result", "arrow-back-up", ActivitiesPermissions.VerifyResults, new DeedInput("reason", FieldKind.LongText, "Why"));
    }
}
