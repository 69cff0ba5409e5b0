using System.Text;

namespace Crm.Kernel.Import;

/// <summary>Headings are the same where their letters and digits are.</summary>
internal static class HeaderText
{
    public static string Key(string heading)
    {
        var key = new StringBuilder(heading.Length);
        foreach (var sign in heading)
        {
            if (char.IsLetterOrDigit(sign))
                key.Append(char.ToLowerInvariant(sign));
        }

        return key.ToString();
    }
}
