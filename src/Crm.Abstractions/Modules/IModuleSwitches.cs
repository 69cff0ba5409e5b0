namespace Crm.Abstractions.Modules;

/// <summary>Which features are on, for the site and for departments. Reads cost nanoseconds: an immutable snapshot.</summary>
public interface IModuleSwitches
{
    /// <summary>Says whether a feature is on for the site.</summary>
    /// <param name="feature">The feature's id.</param>
    bool IsOn(string feature);

    /// <summary>Says whether a feature is on for any of the departments (for the site where there are none).</summary>
    /// <param name="feature">The feature's id.</param>
    /// <param name="departments">The departments that count, as of a user or a record.</param>
    bool IsOn(string feature, IReadOnlyCollection<Guid> departments);
}
