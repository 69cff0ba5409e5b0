namespace Crm.Abstractions.Modules;

/// <summary>The company's own choices, as far as modules need them; what an administrator saves counts from the next use on.</summary>
public interface ISite
{
    /// <summary>The company's country (ISO 3166), by which numbers and words that name none are read; empty where nobody chose one.</summary>
    string Country { get; }
}
