using System.Buffers;
using System.Collections;

namespace Crm.Mail.Headers;

/// <summary>The fields of one header in their order; names are compared without case and may repeat.</summary>
public sealed class HeaderList : IReadOnlyList<HeaderField>
{
    private readonly List<HeaderField> _fields = [];

    /// <inheritdoc/>
    public int Count => _fields.Count;

    /// <inheritdoc/>
    public HeaderField this[int index] => _fields[index];

    /// <summary>The first field of a name, or null.</summary>
    /// <param name="name">The field's name.</param>
    public HeaderField? Find(string name)
    {
        foreach (var field in _fields)
        {
            if (field.Is(name)) return field;
        }

        return null;
    }

    /// <summary>The first field of a name as people read it, or null.</summary>
    /// <param name="name">The field's name.</param>
    public string? Text(string name) => Find(name)?.Text;

    /// <summary>All fields of a name, in their order.</summary>
    /// <param name="name">The field's name.</param>
    public IEnumerable<HeaderField> All(string name) => _fields.Where(field => field.Is(name));

    /// <summary>Adds a field at the end. Text is cleaned of line breaks and encoded where needed; plain ASCII, such as a list's address, stays as it is.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="text">The text as people read it.</param>
    public void Add(string name, string text) => _fields.Add(new HeaderField(name, text));

    /// <summary>Adds a field at the end.</summary>
    /// <param name="field">The field.</param>
    public void Add(HeaderField field) => _fields.Add(field);

    /// <summary>Puts a field in the place of the first of its name and removes the others; at the end if there was none.</summary>
    /// <param name="field">The field.</param>
    public void Set(HeaderField field)
    {
        var index = _fields.FindIndex(other => other.Is(field.Name));
        Remove(field.Name);
        _fields.Insert(index < 0 ? _fields.Count : index, field);
    }

    /// <summary>Puts readable text in the place of all fields of a name; null or nothing removes them.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="text">The text as people read it.</param>
    public void Set(string name, string? text)
    {
        if (string.IsNullOrEmpty(text)) Remove(name);
        else Set(new HeaderField(name, text));
    }

    /// <summary>Removes all fields of a name.</summary>
    /// <param name="name">The field's name.</param>
    public void Remove(string name) => _fields.RemoveAll(field => field.Is(name));

    /// <inheritdoc/>
    public IEnumerator<HeaderField> GetEnumerator() => _fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void SetStructured(string name, string value)
    {
        if (value.Length == 0) Remove(name);
        else Set(HeaderField.Structured(name, value));
    }

    internal void Write(IBufferWriter<byte> output, Func<HeaderField, bool> wanted)
    {
        foreach (var field in _fields.Where(wanted)) field.Write(output);
    }
}
