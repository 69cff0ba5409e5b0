namespace Crm.Abstractions.Records;

/// <summary>A rule that the input breaks. Becomes an error at the field on a form, and <c>problem+json</c> (422) in the API.</summary>
public sealed class RuleViolation : Exception
{
    /// <summary>Says what is wrong with one field, or with the whole where the field is empty.</summary>
    /// <param name="field">The field's API name, or an empty string.</param>
    /// <param name="message">What to do about it, in English (the localiser's key).</param>
    public RuleViolation(string field, string message)
        : this(new Dictionary<string, string[]> { [field] = [message] })
    {
    }

    /// <summary>Says what is wrong, field by field.</summary>
    /// <param name="errors">Messages by the field's API name; an empty name stands for the whole.</param>
    public RuleViolation(IReadOnlyDictionary<string, string[]> errors)
        : base(string.Join(' ', errors.SelectMany(e => e.Value))) => Errors = errors;

    /// <summary>Messages by field.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; }
}

/// <summary>The act is not allowed to this user, though he may see the record. Becomes 403.</summary>
/// <param name="message">Why, in English.</param>
public sealed class NotAllowed(string message = "You are not allowed to do this.") : Exception(message);
