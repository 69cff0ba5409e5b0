namespace Crm.Activities;

/// <summary>A segment in the filter grammar.</summary>
internal static class SegmentFilter
{
    public static string? Of(string? segment) => string.IsNullOrEmpty(segment)
        ? null
        : $"segment eq \"{segment.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
