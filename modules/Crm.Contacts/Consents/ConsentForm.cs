using System.ComponentModel.DataAnnotations;

namespace Crm.Contacts.Consents;

/// <summary>What the form of a consent asks.</summary>
internal sealed class ConsentForm
{
    [Required(ErrorMessage = "Choose the channel.")]
    public string Channel { get; set; } = "email";

    [Required(ErrorMessage = "Say whether it was given or refused.")]
    public string State { get; set; } = Consent.Given;

    [Required(ErrorMessage = "Say where this was said: a form, a call, a letter."), StringLength(300, ErrorMessage = "This is longer than 300 characters.")]
    public string? Source { get; set; }

    /// <summary>The day on which it was said; today where not given.</summary>
    public DateOnly? On { get; set; }
}
