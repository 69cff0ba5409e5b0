using System.Globalization;
using Crm.Abstractions.Records;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace Crm.Activities.Interactions;

/// <summary>What was typed into the form, as it was typed.</summary>
internal sealed class LogForm
{
    public Guid? About { get; set; }

    public string? Channel { get; set; }

    public Direction Direction { get; set; }

    public string? At { get; set; }

    public string? Minutes { get; set; }

    public string? Subject { get; set; }

    public string? Text { get; set; }

    public string? Outcome { get; set; }

    public List<Guid> With { get; set; } = [];

    public List<Guid> Colleagues { get; set; } = [];

    public string? ResultType { get; set; }

    public string? Amount { get; set; }

    public string? Currency { get; set; }

    public ResultMoney? Money { get; set; }

    public string? Next { get; set; }

    public string? NextOn { get; set; }

    public string? NextTime { get; set; }

    public Guid? NextBy { get; set; }

    /// <summary>What it means; null where something can't be read, which then stands at its field.</summary>
    public LoggedContact? Read(IReadOnlyList<FieldOption> channels, TimeZoneInfo zone, ModelStateDictionary errors, IStringLocalizer l)
    {
        if (!channels.Any(c => c.Value == Channel))
            errors.AddModelError("channel", l["Choose how you were in touch."]);
        if (string.IsNullOrWhiteSpace(Subject) && string.IsNullOrWhiteSpace(Text))
            errors.AddModelError("subject", l["Say what it was about."]);
        var at = FormText.Moment(At) ?? errors.Wrong<DateTime>("at", l["Write a date and a time, such as 2026-03-31 14:30."]);
        int? minutes = null;
        if (!string.IsNullOrWhiteSpace(Minutes))
            minutes = int.TryParse(Minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : errors.Wrong<int>("minutes", l["Give the minutes that it took."]);
        var result = ReadSum(errors, l);
        var next = ReadNext(zone, errors, l);
        return !errors.IsValid ? null : new LoggedContact(Channel!, Direction, LocalTime.Utc(at!.Value, zone), Subject ?? "")
        {
            Minutes = minutes,
            Text = Text,
            Outcome = string.IsNullOrEmpty(Outcome) ? null : Outcome,
            With = With,
            Colleagues = Colleagues,
            ResultType = string.IsNullOrEmpty(ResultType) ? null : ResultType,
            Result = result,
            ResultMoney = result is null && string.IsNullOrEmpty(ResultType) ? null : Money,
            Next = next,
        };
    }

    private Money? ReadSum(ModelStateDictionary errors, IStringLocalizer l)
    {
        if (string.IsNullOrWhiteSpace(Amount))
            return null;
        var isRead = decimal.TryParse(Amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            || decimal.TryParse(Amount, NumberStyles.Number, CultureInfo.CurrentCulture, out amount);
        return isRead && Currency?.Trim() is { Length: 3 } currency ? new Money(amount, currency.ToUpperInvariant()) : errors.Wrong<Money>("amount", l["Write an amount and its currency, such as 12.50 EUR."]);
    }

    private NextStep? ReadNext(TimeZoneInfo zone, ModelStateDictionary errors, IStringLocalizer l)
    {
        if (string.IsNullOrWhiteSpace(Next))
            return null;
        var on = FormText.Day(NextOn) ?? errors.Wrong<DateOnly>("nextOn", l["Say by which day the next step is to be done."]);
        return on is { } day ? new NextStep(Next, day, FormText.Time(NextTime), zone.Id, NextBy) : null;
    }
}
