using System.Text;

namespace Crm.Mail.Headers;

/// <summary>What a part is (RFC 2045 §5): <c>text/plain; charset=utf-8</c>. Unchangeable.</summary>
public sealed class MediaType
{
    private readonly Dictionary<string, string> _parameters;

    /// <summary>A media type.</summary>
    /// <param name="name">Type and subtype, such as <c>text/calendar</c>.</param>
    /// <param name="parameters">Its parameters; any script and length (RFC 2231).</param>
    /// <exception cref="MailFormatException">The name is none, or a parameter's is.</exception>
    public MediaType(string name, params IEnumerable<KeyValuePair<string, string>> parameters)
        : this(name, new Dictionary<string, string>(parameters, StringComparer.OrdinalIgnoreCase))
    {
        if (!IsName(name)) throw new MailFormatException("A media type is two words with a slash between them.");
        if (_parameters.Keys.Any(key => !Headers.Parameters.IsToken(key) || key.Contains('*', StringComparison.Ordinal)))
            throw new MailFormatException("A parameter's name is a plain word.");
    }

    private MediaType(string name, Dictionary<string, string> parameters)
    {
        Name = name.ToLowerInvariant();
        _parameters = parameters;
    }

    /// <summary>Type and subtype in lower case.</summary>
    public string Name { get; }

    /// <summary>The parameters, by name without case.</summary>
    public IReadOnlyDictionary<string, string> Parameters => _parameters;

    /// <summary>The charset of a text, or null.</summary>
    public string? Charset => this["charset"];

    internal bool IsMultipart => Name.StartsWith("multipart/", StringComparison.Ordinal);

    internal bool IsText => Name.StartsWith("text/", StringComparison.Ordinal);

    /// <summary>A parameter, or null.</summary>
    /// <param name="parameter">Its name, without case.</param>
    public string? this[string parameter] => _parameters.GetValueOrDefault(parameter);

    /// <summary>Says whether a text is a type and a subtype with a slash between them.</summary>
    /// <param name="name">The text, such as what a browser said about an uploaded file.</param>
    public static bool IsName(string name) =>
        name.Length <= 127 && name.Split('/') is [var type, var subtype] && Headers.Parameters.IsToken(type) && Headers.Parameters.IsToken(subtype);

    /// <summary>Reads a Content-Type; what is none is taken for <paramref name="otherwise"/> (RFC 2045 §5.2).</summary>
    internal static MediaType Read(string? value, string otherwise)
    {
        if (value is null) return new MediaType(otherwise, new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase));
        var (name, parameters) = Headers.Parameters.Read(value);
        var compact = string.Concat(name.Where(sign => !char.IsWhiteSpace(sign)));
        return new MediaType(IsName(compact) ? compact : otherwise, parameters);
    }

    internal string ToHeader()
    {
        var output = new StringBuilder(Name);
        foreach (var (name, value) in _parameters) Headers.Parameters.Write(output, name, value);
        return output.ToString();
    }

    /// <inheritdoc/>
    public override string ToString() => ToHeader();
}
