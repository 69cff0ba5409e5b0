using System.Text;

namespace Crm.Mail.Testing;

/// <summary>A mail as it came over the wire, its dots undone.</summary>
internal sealed record SinkMail(string From, IReadOnlyList<string> To, byte[] Content, int Connection, bool Secured, string? User)
{
    public string Text => Encoding.UTF8.GetString(Content);
}
