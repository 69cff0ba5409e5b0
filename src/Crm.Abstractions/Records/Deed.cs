using Microsoft.Extensions.DependencyInjection;

namespace Crm.Abstractions.Records;

/// <summary>A verb that changes what an edit can't: called by a button, a bulk act, the API and mail alike.</summary>
public abstract class Deed
{
    /// <summary>The verb in addresses, with hyphens: <c>hand-over</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The button's words, in English.</summary>
    public required string Label { get; init; }

    /// <summary>The icon's name.</summary>
    public required string Icon { get; init; }

    /// <summary>The permission asked for.</summary>
    public required string Permission { get; init; }

    /// <summary>What it must be told.</summary>
    public IReadOnlyList<DeedInput> Inputs { get; init; } = [];

    /// <summary>Runs the verb on a record that the caller may see, and saves.</summary>
    /// <param name="services">The scope in which the verb is made.</param>
    /// <param name="record">The record, tracked.</param>
    /// <param name="input">Values by input name, as the field kinds have them.</param>
    /// <param name="ct">Ends it.</param>
    public abstract Task RunAsync(IServiceProvider services, IRecord record, IReadOnlyDictionary<string, object?> input, CancellationToken ct);
}

/// <summary>Something a deed must be told.</summary>
/// <param name="Name">The API name, in camel case.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Label">The label, in English.</param>
/// <param name="IsRequired">True where it must be given.</param>
public sealed record DeedInput(string Name, FieldKind Kind, string Label, bool IsRequired = true)
{
    /// <summary>The options of a choice.</summary>
    public IReadOnlyList<FieldOption> Options { get; init; } = [];

    /// <summary>True for a user or department that the deed takes away: whoever left can be taken off like anybody else.</summary>
    public bool IsTakenAway { get; init; }
}

/// <summary>A verb: one class, one <see cref="RunAsync"/>.</summary>
/// <typeparam name="T">The record.</typeparam>
public interface IVerb<in T>
    where T : class, IRecord
{
    /// <summary>Does it, and saves.</summary>
    /// <param name="record">The record, tracked.</param>
    /// <param name="input">Values by input name.</param>
    /// <param name="ct">Ends it.</param>
    Task RunAsync(T record, IReadOnlyDictionary<string, object?> input, CancellationToken ct);
}

/// <summary>A deed done by a verb of the module.</summary>
/// <typeparam name="T">The record.</typeparam>
/// <typeparam name="TVerb">The verb, made from the scope.</typeparam>
public sealed class Deed<T, TVerb> : Deed
    where T : class, IRecord
    where TVerb : IVerb<T>
{
    /// <inheritdoc/>
    public override Task RunAsync(IServiceProvider services, IRecord record, IReadOnlyDictionary<string, object?> input, CancellationToken ct) =>
        ActivatorUtilities.GetServiceOrCreateInstance<TVerb>(services).RunAsync((T)record, input, ct);
}
