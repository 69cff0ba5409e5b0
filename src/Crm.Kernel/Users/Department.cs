namespace Crm.Kernel.Users;

/// <summary>A part of the company, in a tree. A branch is a department marked as one.</summary>
internal sealed class Department
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public string Name { get; set; } = "";

    public Guid? ParentId { get; set; }

    public bool IsBranch { get; set; }

    /// <summary>ISO 3166 code by which phone numbers without country are read; empty: the parent's, then the site's.</summary>
    public string Country { get; set; } = "";
}
