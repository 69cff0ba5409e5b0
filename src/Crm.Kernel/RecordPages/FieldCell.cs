using Crm.Abstractions.Records;
using Crm.Kernel.Records;

namespace Crm.Kernel.RecordPages;

/// <summary>A field of a record as the details tab shows it.</summary>
internal sealed record FieldCell(RecordField Field, RecordView Record, bool IsWritable);
