using Crm.Abstractions.Modules;
using Crm.Abstractions.Records;
using Crm.Kernel.Modules;

namespace Crm.Kernel.Records;

/// <summary>All record types of the installed modules.</summary>
internal sealed class RecordTypes : IRecordTypes
{
    private readonly Dictionary<string, RecordType> _byName;
    private readonly Dictionary<string, RecordType> _byPlural;
    private readonly Dictionary<Type, RecordType> _byEntity;
    private readonly Contributions _contributions;

    public RecordTypes(IEnumerable<RecordType> types, Contributions contributions)
    {
        All = types.ToList();
        _contributions = contributions;
        _byName = All.ToDictionary(t => t.Name, StringComparer.OrdinalIgnoreCase);
        _byPlural = All.ToDictionary(t => t.Plural, StringComparer.OrdinalIgnoreCase);
        _byEntity = All.ToDictionary(t => t.Entity);
    }

    public IReadOnlyList<RecordType> All { get; }

    public RecordType? Find(string name) => _byName.GetValueOrDefault(name);

    public RecordType? FindPlural(string plural) => _byPlural.GetValueOrDefault(plural);

    public RecordType Of(Type entity) =>
        _byEntity.GetValueOrDefault(entity) ?? throw new InvalidOperationException($"No record type describes {entity.Name}.");

    public string FeatureOf(RecordType type) => _contributions.FeaturesOf(type.GetType())[0];
}
