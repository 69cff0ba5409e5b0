namespace Crm.Abstractions.Records;

/// <summary>All record types of the installed modules, whatever is switched off.</summary>
public interface IRecordTypes
{
    /// <summary>All of them, in the modules' order.</summary>
    IReadOnlyList<RecordType> All { get; }

    /// <summary>Finds one by its singular name, or null.</summary>
    /// <param name="name">The name.</param>
    RecordType? Find(string name);

    /// <summary>Finds one by its plural name, or null.</summary>
    /// <param name="plural">The name.</param>
    RecordType? FindPlural(string plural);

    /// <summary>The type that describes an entity.</summary>
    /// <param name="entity">The entity's class.</param>
    RecordType Of(Type entity);

    /// <summary>The feature that a type belongs to.</summary>
    /// <param name="type">The type.</param>
    string FeatureOf(RecordType type);
}
