namespace Crm.Mail.Headers;

/// <summary>Identifiers of messages and parts (RFC 5322 §3.6.4): kept without their angle brackets.</summary>
public static class MessageIds
{
    private const int Longest = 800;

    /// <summary>A new identifier that nobody else has.</summary>
    /// <param name="domain">The sender's domain, in ASCII or not.</param>
    /// <exception cref="MailFormatException">The domain is none.</exception>
    public static string New(string domain)
    {
        if (Addresses.MailDomain.ToAscii(domain) is not { } ascii) throw new MailFormatException("The domain of a Message-ID is not a domain.");
        return $"{Guid.CreateVersion7():N}@{ascii}";
    }

    /// <summary>Says whether a text can stand as an identifier: printable ASCII without white space and angle brackets.</summary>
    /// <param name="id">The identifier without angle brackets.</param>
    public static bool IsValid(string id) =>
        id.Length is > 0 and <= Longest && !id.AsSpan().ContainsAnyExceptInRange('!', '~') && !id.AsSpan().ContainsAny('<', '>');

    /// <summary>The identifiers in a field, in their order. Old programs write them without brackets, which is understood.</summary>
    internal static IReadOnlyList<string> Read(string? value)
    {
        if (value is null) return [];
        var ids = new List<string>();
        var rest = value.AsSpan();
        for (var open = rest.IndexOf('<'); open >= 0; open = rest.IndexOf('<'))
        {
            rest = rest[(open + 1)..];
            var close = rest.IndexOfAny('<', '>');
            if (close < 0) break;
            // Folding may have put white space inside.
            if (rest[close] == '>') AddValid(ids, string.Concat(rest[..close].ToString().Where(sign => !char.IsWhiteSpace(sign))));
            rest = rest[close..];
        }

        if (ids.Count == 0 && !value.Contains('<')) AddValid(ids, value.Trim());
        return ids;
    }

    internal static string Write(IEnumerable<string> ids) => string.Join(' ', ids.Select(id =>
        IsValid(id) ? $"<{id}>" : throw new MailFormatException("A Message-ID is printable ASCII without spaces and angle brackets.")));

    private static void AddValid(List<string> ids, string id)
    {
        if (IsValid(id)) ids.Add(id);
    }
}
