namespace Crm.Contacts.Phones;

/// <summary>A number that could be read: calling code, national number without trunk digit, and perhaps an extension.</summary>
internal sealed record PhoneNumber(string Code, string National, string Extension = "")
{
    /// <summary>The form in which it is kept: E.164, an extension behind it as RFC 3966 has it.</summary>
    public string Kept => Extension.Length == 0 ? $"+{Code}{National}" : $"+{Code}{National};ext={Extension}";

    /// <summary>What tells two numbers apart: the digits.</summary>
    public string Digits => Code + National + Extension;

    /// <summary>The one international notation in which pages write it: <c>+1 202 224 3441</c>.</summary>
    public string Shown => $"+{Code} {Grouped}{(Extension.Length == 0 ? "" : $" ext. {Extension}")}";

    /// <summary>The national number in groups.</summary>
    public string Grouped => string.Join(' ', Groups());

    private IEnumerable<string> Groups()
    {
        var sizes = National.Length switch
        {
            <= 4 => [National.Length],
            5 => [2, 3],
            6 => [3, 3],
            7 => [3, 4],
            8 => [2, 3, 3],
            9 => [3, 3, 3],
            10 => [3, 3, 4],
            11 => [3, 4, 4],
            12 => [3, 3, 3, 3],
            _ => (int[])[3, 3, 3, National.Length - 9],
        };
        var start = 0;
        foreach (var size in sizes)
        {
            yield return National.Substring(start, size);
            start += size;
        }
    }
}
