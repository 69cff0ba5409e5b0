namespace Crm.Kernel.Settings;

/// <summary>A value that an administrator set for the site.</summary>
internal sealed class Setting
{
    public string Name { get; init; } = "";

    public string Value { get; set; } = "";
}
