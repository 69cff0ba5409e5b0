namespace Crm.Calendar.Events;

/// <summary>Somebody with a calendar (RFC 5545 §3.3.3).</summary>
/// <param name="Uri">Where he is reached, nearly always <c>mailto:</c> and an address.</param>
/// <param name="Name">His name, or null.</param>
public sealed record CalendarPerson(string Uri, string? Name = null)
{
    private const string Mail = "mailto:";

    /// <summary>The address of e-mail, or null where he is reached in another way.</summary>
    public string? Email => Uri.StartsWith(Mail, StringComparison.OrdinalIgnoreCase)
        ? System.Uri.UnescapeDataString(Uri[Mail.Length..].Split('?')[0]).Trim()
        : Uri.Contains('@', StringComparison.Ordinal) && !Uri.Contains(':', StringComparison.Ordinal) ? Uri.Trim() : null;

    /// <summary>Somebody reached by e-mail.</summary>
    /// <param name="email">The address.</param>
    /// <param name="name">The name, or null.</param>
    public static CalendarPerson WithEmail(string email, string? name = null) =>
        new(Mail + email.Trim().Replace("%", "%25", StringComparison.Ordinal).Replace("?", "%3F", StringComparison.Ordinal).Replace(" ", "%20", StringComparison.Ordinal), name);

    /// <summary>Set where it is reached by this address, in whatever capitals.</summary>
    /// <param name="email">The address to look for.</param>
    public bool Has(string email) => string.Equals(Email, email.Trim(), StringComparison.OrdinalIgnoreCase);
}
