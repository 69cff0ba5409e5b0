namespace Crm.Abstractions.Modules;

/// <summary>Marks an assembly as a module of the product. The module's id is the assembly's name.</summary>
/// <remarks>The word and its meaning are Orchard Core's.</remarks>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class ModuleAttribute : Attribute
{
    /// <summary>The name an administrator reads, in English (the localiser's key).</summary>
    public required string Name { get; init; }

    /// <summary>One sentence saying what the module is for.</summary>
    public required string Description { get; init; }

    /// <summary>The heading under which the module is listed.</summary>
    public string Category { get; init; } = "General";

    /// <summary>Ids of the features that must be on for this module to be on.</summary>
    public string[] Dependencies { get; init; } = [];

    /// <summary>The lowest kernel version that serves this module, or null for any.</summary>
    public string? KernelFrom { get; init; }

    /// <summary>The first kernel version that no longer serves this module, or null for none.</summary>
    public string? KernelBelow { get; init; }

    /// <summary>True for a module that can't be switched off.</summary>
    public bool AlwaysOn { get; init; }

    /// <summary>True for a module that stays off until an administrator switches it on.</summary>
    public bool OffByDefault { get; init; }
}
