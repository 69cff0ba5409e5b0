using System.Globalization;

namespace Crm.Kernel.Settings;

/// <summary>The languages that can be chosen, and how a choice becomes a culture.</summary>
internal static class Languages
{
    public const string Default = "en-GB";

    /// <summary>Culture names with the language's own name.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["en-GB"] = "English",
        ["en-US"] = "English (US)",
        ["lv-LV"] = "Latviešu",
        ["lt-LT"] = "Lietuvių",
        ["sv-SE"] = "Svenska",
        ["zh-Hans"] = "简体中文",
    };

    /// <summary>The culture of the first choice that is one of ours.</summary>
    public static CultureInfo CultureOf(params ReadOnlySpan<string> choices)
    {
        foreach (var choice in choices)
        {
            if (All.ContainsKey(choice))
                return CultureInfo.GetCultureInfo(choice);
        }

        return CultureInfo.GetCultureInfo(Default);
    }
}
