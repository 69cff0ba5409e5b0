using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Crm.Abstractions.Records;

/// <summary>A rule that the input breaks. Becomes an error at the field on a form, and <c>problem+json</c> (422) in the API.</summary>
public sealed class RuleViolation : Exception
{
    /// <summary>Says what is wrong with one field, or with the whole where the field is empty.</summary>
    /// <param name="field">The field's API name, or an empty string.</param>
    /// <param name="message">What to do about it, in English (the localiser's key).</param>
    public RuleViolation(string field, string message)
        : this(field, new RuleMessage(message))
    {
    }

    /// <summary>Says what is wrong with one field, with values in the sentence. Never as an interpolated text: that could not be translated.</summary>
    /// <param name="field">The field's API name, or an empty string.</param>
    /// <param name="format">What to do about it, in English with <c>{0}</c> for the first value (the localiser's key).</param>
    /// <param name="first">The first value.</param>
    /// <param name="more">The others.</param>
    public RuleViolation(string field, string format, object first, params object[] more)
        : this(field, new RuleMessage(format, [first, .. more]))
    {
    }

    /// <summary>Says what is wrong, field by field.</summary>
    /// <param name="errors">Messages by the field's API name; an empty name stands for the whole.</param>
    public RuleViolation(IReadOnlyDictionary<string, string[]> errors)
        : this(errors.ToDictionary(e => e.Key, e => e.Value.Select(m => new RuleMessage(m)).ToArray()))
    {
    }

    /// <summary>Says what is wrong, field by field, with values in the sentences.</summary>
    /// <param name="messages">Messages by the field's API name; an empty name stands for the whole.</param>
    public RuleViolation(IReadOnlyDictionary<string, RuleMessage[]> messages)
        : base(string.Join(' ', messages.SelectMany(e => e.Value)))
    {
        Messages = messages;
        Errors = messages.ToDictionary(e => e.Key, e => e.Value.Select(m => m.ToString()).ToArray());
    }

    private RuleViolation(string field, RuleMessage message)
        : this(new Dictionary<string, RuleMessage[]> { [field] = [message] })
    {
    }

    /// <summary>Messages by field, in English: what programs and logs read.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; }

    /// <summary>Messages by field, for doors that translate them.</summary>
    public IReadOnlyDictionary<string, RuleMessage[]> Messages { get; }

    /// <summary>Everything that is wrong, in the reader's language.</summary>
    /// <param name="localizer">The door's.</param>
    public IEnumerable<(string Field, string Text)> Said(IStringLocalizer localizer) =>
        Messages.SelectMany(m => m.Value.Select(v => (m.Key, v.In(localizer))));
}

/// <summary>A sentence with values in it, translated where it is shown.</summary>
/// <param name="Format">In English; with values in it, <c>{0}</c> stands for the first (the localiser's key).</param>
/// <param name="Values">The values.</param>
public sealed record RuleMessage(string Format, params IReadOnlyList<object> Values)
{
    /// <summary>The sentence in the reader's language.</summary>
    /// <param name="localizer">The door's.</param>
    public string In(IStringLocalizer localizer)
    {
        ArgumentNullException.ThrowIfNull(localizer);
        return Values.Count == 0 ? localizer[Format] : localizer[Format, [.. Values]];
    }

    /// <summary>The sentence in English.</summary>
    public override string ToString() => Values.Count == 0 ? Format : string.Format(CultureInfo.InvariantCulture, Format, [.. Values]);
}

/// <summary>The act is not allowed to this user, though he may see the record. Becomes 403.</summary>
/// <param name="message">Why, in English.</param>
public sealed class NotAllowed(string message = "You are not allowed to do this.") : Exception(message);
