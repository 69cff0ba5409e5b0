using System.Text.RegularExpressions;
using Crm.Abstractions.Records;
using Crm.Contacts.Phones;

namespace Crm.Contacts.Contacts;

/// <summary>A value brought into its one form; what can't be read is kept as typed and flagged.</summary>
internal sealed partial record PointText(string Kind, string Value, string Typed, string Normalized, bool IsDoubtful)
{
    private const int Longest = 500;

    public static PointText Read(PointType type, ValueEntry entry, string? country)
    {
        var typed = entry.Value.Trim();
        var kind = string.IsNullOrWhiteSpace(entry.Kind) ? "other" : entry.Kind.Trim();
        if (typed.Length > Longest || kind.Length > 40)
            throw new RuleViolation(ContactFields.NameOf(type), "This is too long.");
        return type switch
        {
            PointType.Phone => Phone(kind, typed, country),
            PointType.Email => Email(kind, typed),
            PointType.Web => Web(kind, typed),
            _ => Handle(kind, typed),
        };
    }

    public static PointText Phone(string kind, string typed, string? country) =>
        PhoneNumbers.Read(typed, country) is { } number
            ? new PointText(kind, number.Kept, typed, number.Digits, IsDoubtful: false)
            : new PointText(kind, typed, typed, new string([.. typed.Where(char.IsDigit)]), IsDoubtful: true);

    private static PointText Email(string kind, string typed)
    {
        var address = typed.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? typed[7..] : typed;
        var at = address.LastIndexOf('@');
        var isAddress = at > 0 && address.Length <= 254 && Address().IsMatch(address);
        // The part before the @ may mean what its letters are; the host never does.
        var value = isAddress ? address[..at] + address[at..].ToLowerInvariant() : typed;
        return new PointText(kind, value, typed, value.ToLowerInvariant(), !isAddress);
    }

    private static PointText Web(string kind, string typed)
    {
        var url = typed.Contains("://", StringComparison.Ordinal) ? typed : "https://" + typed;
        var isPage = Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri!.Host.Contains('.', StringComparison.Ordinal);
        return isPage
            ? new PointText(kind, url, typed, (uri!.IdnHost + uri.PathAndQuery).TrimEnd('/').ToLowerInvariant(), IsDoubtful: false)
            : new PointText(kind, typed, typed, typed.ToLowerInvariant(), IsDoubtful: true);
    }

    // "@SenatorCantwell" and the address of the profile are the same handle.
    private static PointText Handle(string kind, string typed)
    {
        var value = Profile().Match(typed) is { Success: true } profile ? profile.Groups["name"].Value : typed.TrimStart('@');
        return new PointText(kind, value, typed, value.ToLowerInvariant(), value.Length == 0 || value.Any(char.IsWhiteSpace));
    }

    [GeneratedRegex(@"^[^\s@<>""(),:;\[\]\\]+@(?:[^\s@.<>""(),:;\[\]\\]+\.)+[^\s@.<>""(),:;\[\]\\]{2,}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@"^https?://(?:www\.|mobile\.|m\.)?(?:twitter\.com|x\.com|instagram\.com|facebook\.com|linkedin\.com/in|linkedin\.com/company|youtube\.com)/@?(?<name>[^/?#\s]+)/?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Profile();
}
