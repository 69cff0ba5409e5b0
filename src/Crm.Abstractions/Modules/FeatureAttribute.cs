namespace Crm.Abstractions.Modules;

/// <summary>Declares a further feature of a module, switched by itself.</summary>
/// <param name="id">The feature's id, beginning with the module's.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class FeatureAttribute(string id) : Attribute
{
    /// <summary>The feature's id, beginning with the module's.</summary>
    public string Id { get; } = id;

    /// <summary>The name an administrator reads, in English.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence saying what the feature is for.</summary>
    public required string Description { get; init; }

    /// <summary>Ids of the features that must be on for this one to be on; its module always is one.</summary>
    public string[] Dependencies { get; init; } = [];
}
