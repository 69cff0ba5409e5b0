using System.Collections.Concurrent;
using Crm.Abstractions.Records;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Records;

/// <summary>Opens the door of a record type in this scope.</summary>
internal sealed class RecordDoors(IServiceProvider services)
{
    private readonly ConcurrentDictionary<RecordType, IRecordDoor> _open = new();

    public IRecordDoor Of(RecordType type) => _open.GetOrAdd(type, t =>
        (IRecordDoor)ActivatorUtilities.CreateInstance(services, typeof(RecordDoor<>).MakeGenericType(t.Entity)));
}
