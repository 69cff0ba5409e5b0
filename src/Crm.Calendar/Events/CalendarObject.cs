using System.Buffers;
using System.Text;
using Crm.Calendar.Text;

namespace Crm.Calendar.Events;

/// <summary>A calendar as text (RFC 5545 §3.4): a feed, a file, an invitation or an answer.</summary>
public sealed record CalendarObject
{
    /// <summary>The program that wrote it, such as <c>-//Example//CRM//EN</c> (§3.7.3).</summary>
    public required string ProductId { get; init; }

    /// <summary>What it is sent for, or null for a file.</summary>
    public CalendarMethod? Method { get; init; }

    /// <summary>The calendar's name (RFC 7986 §5.1), or null.</summary>
    public string? Name { get; init; }

    /// <summary>How often a feed should be read again (RFC 7986 §5.7), or null.</summary>
    public TimeSpan? Refresh { get; init; }

    /// <summary>Its events.</summary>
    public IReadOnlyList<CalendarEvent> Events { get; init; } = [];

    /// <summary>Events that could not be read, with the reason. What could not be read of an event stands in <see cref="CalendarEvent.Faults"/>.</summary>
    public IReadOnlyList<CalendarFault> Faults { get; init; } = [];

    /// <summary>Reads a calendar; of several in one text the first.</summary>
    /// <param name="content">The bytes, in UTF-8 or with the mark of another Unicode.</param>
    /// <param name="reading">What it may cost; null for <see cref="CalendarReading.Default"/>.</param>
    /// <exception cref="CalendarFormatException">The text is no calendar, is broken off, or costs too much.</exception>
    public static CalendarObject Read(ReadOnlyMemory<byte> content, CalendarReading? reading = null) => ReadAll(content, reading)[0];

    /// <summary>Reads a calendar; of several in one text the first.</summary>
    /// <param name="text">The text.</param>
    /// <param name="reading">What it may cost; null for <see cref="CalendarReading.Default"/>.</param>
    /// <exception cref="CalendarFormatException">The text is no calendar, is broken off, or costs too much.</exception>
    public static CalendarObject Read(string text, CalendarReading? reading = null)
    {
        var limits = reading ?? CalendarReading.Default;
        return text.Length <= limits.MostBytes ? Read(Encoding.UTF8.GetBytes(text), limits) : throw ComponentReader.TooLarge(limits);
    }

    /// <summary>Reads all calendars of a text, one at least (§3.4).</summary>
    /// <param name="content">The bytes, in UTF-8 or with the mark of another Unicode.</param>
    /// <param name="reading">What it may cost; null for <see cref="CalendarReading.Default"/>.</param>
    /// <exception cref="CalendarFormatException">The text is no calendar, is broken off, or costs too much.</exception>
    public static IReadOnlyList<CalendarObject> ReadAll(ReadOnlyMemory<byte> content, CalendarReading? reading = null)
    {
        var limits = reading ?? CalendarReading.Default;
        return ComponentReader.Read(content, limits).ConvertAll(calendar => CalendarReader.Read(calendar, limits));
    }

    /// <summary>Reads a calendar from a stream, and no more of it than is allowed.</summary>
    /// <param name="content">The stream, which stays open.</param>
    /// <param name="reading">What it may cost; null for <see cref="CalendarReading.Default"/>.</param>
    /// <param name="ct">Ends the reading.</param>
    /// <exception cref="CalendarFormatException">The text is no calendar, is broken off, or costs too much.</exception>
    public static async Task<CalendarObject> ReadAsync(Stream content, CalendarReading? reading = null, CancellationToken ct = default)
    {
        var limits = reading ?? CalendarReading.Default;
        var bytes = new ArrayBufferWriter<byte>();
        while (await content.ReadAsync(bytes.GetMemory(16 * 1024), ct) is > 0 and var count)
        {
            bytes.Advance(count);
            if (bytes.WrittenCount > limits.MostBytes) throw ComponentReader.TooLarge(limits);
        }

        return Read(bytes.WrittenMemory, limits);
    }

    /// <summary>Writes the calendar with the zones that its times need.</summary>
    /// <param name="output">Where it goes; a response's body writer, too.</param>
    /// <exception cref="CalendarFormatException">A rule of an event is none.</exception>
    public void WriteTo(IBufferWriter<byte> output) => CalendarWriter.Write(this, new PropertyWriter(output));

    /// <summary>The calendar as bytes in UTF-8.</summary>
    /// <exception cref="CalendarFormatException">A rule of an event is none.</exception>
    public byte[] ToBytes()
    {
        var bytes = new ArrayBufferWriter<byte>();
        WriteTo(bytes);
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>The calendar as text.</summary>
    public override string ToString() => Encoding.UTF8.GetString(ToBytes());
}
