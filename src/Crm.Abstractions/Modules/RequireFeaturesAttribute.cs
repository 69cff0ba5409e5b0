namespace Crm.Abstractions.Modules;

/// <summary>Puts a start-up class, and all it contributes, under a feature other than the module's own.</summary>
/// <param name="features">Ids of the features that must all be on.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequireFeaturesAttribute(params string[] features) : Attribute
{
    /// <summary>Ids of the features that must all be on.</summary>
    public IReadOnlyList<string> Features { get; } = features;
}
