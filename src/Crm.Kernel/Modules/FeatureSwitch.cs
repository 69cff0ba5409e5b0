namespace Crm.Kernel.Modules;

/// <summary>A feature switched for the site or for one department; what has no row is as the module says.</summary>
internal sealed class FeatureSwitch
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public string Feature { get; init; } = "";

    public Guid? DepartmentId { get; init; }

    public bool IsOn { get; set; }
}
