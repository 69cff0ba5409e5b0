namespace Crm.Kernel.Privacy;

/// <summary>Everything that is kept about a person, as he may be handed it.</summary>
/// <param name="By">Who made it.</param>
internal sealed record AccessReport(string Title, string Kind, DateTimeOffset At, string By, IReadOnlyList<ReportSection> Sections);

/// <summary>Records of one type, or one trail.</summary>
internal sealed record ReportSection(string Heading, IReadOnlyList<ReportEntry> Entries);

/// <summary>One record, or one row of a trail.</summary>
internal sealed record ReportEntry(string Title, IReadOnlyList<ReportFact> Facts);

/// <summary>A label and what stands there.</summary>
internal sealed record ReportFact(string Label, string Value);
