namespace Crm.Mail.Smtp;

/// <summary>ASCII digits, and no others of Unicode's.</summary>
internal static class Digits
{
    public static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
