namespace Crm.Abstractions.Pages;

/// <summary>A box on another record's page: a page of the module's own, fetched by address, authorising itself, failing alone.</summary>
public abstract class Panel
{
    /// <summary>The heading, in English.</summary>
    public abstract string Title { get; }

    /// <summary>The icon's name.</summary>
    public abstract string Icon { get; }

    /// <summary>The permission asked for.</summary>
    public abstract string Permission { get; }

    /// <summary>The address, with <c>{id}</c> where the record's id goes.</summary>
    public abstract string Url { get; }

    /// <summary>Record types on whose pages it stands; empty means all.</summary>
    public virtual IReadOnlyList<string> Kinds => [];
}

/// <summary>A tile of My day: a page of the module's own, fetched by address.</summary>
public abstract class Widget
{
    /// <summary>The name by which arrangements keep it; never changed.</summary>
    public virtual string Name => GetType().FullName!;

    /// <summary>The ready roles on whose start page it stands from the start; empty means all. Everybody who may can add it.</summary>
    public virtual IReadOnlyList<string> Roles => [];

    /// <summary>True where it takes the whole width from the start.</summary>
    public virtual bool IsWide => false;

    /// <summary>The heading, in English.</summary>
    public abstract string Title { get; }

    /// <summary>The icon's name.</summary>
    public abstract string Icon { get; }

    /// <summary>The permission asked for.</summary>
    public abstract string Permission { get; }

    /// <summary>The address.</summary>
    public abstract string Url { get; }
}

/// <summary>A box in which something new about a record is written, on top of its timeline: a page of the module's own, fetched by address.</summary>
/// <remarks>When what was written is saved, its answer carries the header <c>HX-Trigger: story-changed</c>, and the timeline is read anew.</remarks>
public abstract class Composer
{
    /// <summary>What is written, in English: "Note".</summary>
    public abstract string Title { get; }

    /// <summary>The icon's name.</summary>
    public abstract string Icon { get; }

    /// <summary>The permission asked for.</summary>
    public abstract string Permission { get; }

    /// <summary>True for the one that stands open when the page is read.</summary>
    public virtual bool StandsOpen => false;

    /// <summary>The address of the box, with <c>{id}</c> where the record's id goes.</summary>
    public abstract string Url { get; }

    /// <summary>Record types on whose pages it stands; empty means all that have a timeline.</summary>
    public virtual IReadOnlyList<string> Kinds => [];
}
