namespace Crm.Host.Commands;

/// <summary>Takes settings out of what was typed (<c>--Section:Key=value</c> or <c>--Section:Key value</c>); the rest is the command.</summary>
internal static class TypedSettings
{
    // Words of the host itself, which test hosts give.
    private static readonly string[] _hostWords = ["environment", "contentRoot", "applicationName"];

    public static (List<string> Settings, List<string> Words) Split(IReadOnlyList<string> args)
    {
        var settings = new List<string>();
        var rest = new List<string>();
        for (var i = 0; i < args.Count; i++)
        {
            if (!IsSetting(args[i]))
            {
                rest.Add(args[i]);
            }
            else
            {
                settings.Add(args[i]);
                if (!args[i].Contains('=', StringComparison.Ordinal) && i + 1 < args.Count)
                    settings.Add(args[++i]);
            }
        }

        return (settings, rest);
    }

    private static bool IsSetting(string arg)
    {
        if (!arg.StartsWith("--", StringComparison.Ordinal))
            return false;
        var name = arg[2..].Split('=', 2)[0];
        return name.Contains(':', StringComparison.Ordinal) || _hostWords.Contains(name, StringComparer.OrdinalIgnoreCase);
    }
}
