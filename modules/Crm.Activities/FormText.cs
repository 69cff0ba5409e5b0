using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Crm.Activities;

/// <summary>Reads what forms send as text: browsers write days and times in one way, whatever they show.</summary>
internal static class FormText
{
    private static readonly string[] _times = ["HH:mm", "HH:mm:ss"];
    private static readonly string[] _moments = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    /// <summary>A day that the module plans with; null where the text is none.</summary>
    public static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && LocalTime.IsPlannable(day) ? day : null;

    /// <summary>A time of day; null where the text is none.</summary>
    public static TimeOnly? Time(string? text) => TimeOnly.TryParseExact(text, _times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    /// <summary>A day with its time on somebody's clock; null where the text is none.</summary>
    public static DateTime? Moment(string? text) =>
        DateTime.TryParseExact(text, _moments, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) && LocalTime.IsPlannable(DateOnly.FromDateTime(moment)) ? moment : null;

    /// <summary>Says at a field what is wrong with it, and gives nothing in its place.</summary>
    public static T? Wrong<T>(this ModelStateDictionary errors, string field, string message)
        where T : struct
    {
        errors.AddModelError(field, message);
        return null;
    }
}
