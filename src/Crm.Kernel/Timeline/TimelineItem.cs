using Crm.Kernel.Records;

namespace Crm.Kernel.Timeline;

/// <summary>An entry of a record's timeline, as the reader may see it.</summary>
/// <param name="Id">The entry.</param>
/// <param name="Kind">The record type that it is of.</param>
/// <param name="Source">The record that it is of.</param>
/// <param name="By">Who made it.</param>
internal sealed record TimelineItem(Guid Id, string Kind, LinkView Source, DateTimeOffset At, string Text, string Icon, LinkView? By);

/// <summary>A page of a timeline, newest first.</summary>
internal sealed record TimelinePage(IReadOnlyList<TimelineItem> Items, string? Next);
