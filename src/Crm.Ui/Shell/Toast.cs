using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Crm.Ui.Shell;

/// <summary>A short message at the screen's edge that says what was done, with Undo where it can be undone.</summary>
/// <param name="Text">Translated.</param>
/// <param name="UndoUrl">Where Undo is posted to, or null.</param>
public sealed record Toast(string Text, string? UndoUrl = null)
{
    internal const string TempDataKey = "toast";

    internal string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    internal static Toast? FromTempData(object? kept) => kept is not string { Length: > 0 } text ? null
        : text[0] == '{' ? JsonSerializer.Deserialize<Toast>(text, JsonSerializerOptions.Web)
        : new Toast(text);
}

/// <summary>Ways to show a <see cref="Toast"/>.</summary>
public static class ToastExtensions
{
    /// <summary>Shows it on the next full page: for an answer that redirects.</summary>
    public static void Toast(this ITempDataDictionary tempData, string text, string? undoUrl = null) =>
        tempData[Shell.Toast.TempDataKey] = new Toast(text, undoUrl).ToJson();

    /// <summary>Shows it at once: for an answer to htmx. Replaces other events in <c>HX-Trigger</c>.</summary>
    public static void Toast(this HttpResponse response, string text, string? undoUrl = null) =>
        response.Headers["HX-Trigger"] = $"{{\"toast\":{new Toast(text, undoUrl).ToJson()}}}";

    /// <summary>Shows it at once, and tells the page what has changed: the boxes that wait for such an event are read anew.</summary>
    public static void Toast(this HttpResponse response, string text, string? undoUrl, params IReadOnlyList<string> events) =>
        response.Headers["HX-Trigger"] = $"{{\"toast\":{new Toast(text, undoUrl).ToJson()}{string.Concat(events.Select(e => $",\"{e}\":{{}}"))}}}";
}
