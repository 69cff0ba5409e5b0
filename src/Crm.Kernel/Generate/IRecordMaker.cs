using Crm.Abstractions.Records;

namespace Crm.Kernel.Generate;

/// <summary>Makes records of one kind, one after the other.</summary>
internal interface IRecordMaker
{
    IRecord Next();
}
