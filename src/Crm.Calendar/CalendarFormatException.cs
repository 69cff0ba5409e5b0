namespace Crm.Calendar;

/// <summary>Something given to this library is no calendar, no rule, or too large to be read. The only exception that content can cause.</summary>
/// <param name="message">What is wrong, in English, without the number of the line.</param>
/// <param name="line">The line of the text in which it stands, from 1; 0 where there is none.</param>
public sealed class CalendarFormatException(string message, int line = 0) : FormatException(line == 0 ? message : $"Line {line}: {message}")
{
    /// <summary>The line of the text at fault, counted from 1 as editors do; 0 where what is wrong stands in no line.</summary>
    public int Line { get; } = line;

    /// <summary>What is wrong, without the number of the line.</summary>
    public string Reason { get; } = message;
}
