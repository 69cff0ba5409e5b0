using System.Text.Json;

namespace Crm.Abstractions.Modules;

/// <summary>One sort of step that a recipe may have: what a new server is set up with, said in a file. Running it twice changes nothing more.</summary>
public interface IRecipeStep
{
    /// <summary>The step's name in recipes, such as <c>departments</c>.</summary>
    string Name { get; }

    /// <summary>Checks a step before any is run; throws <see cref="Records.RuleViolation"/> with what is wrong.</summary>
    /// <param name="step">The step as it stands in the recipe.</param>
    void Check(JsonElement step);

    /// <summary>Does it.</summary>
    /// <param name="step">The step as it stands in the recipe, checked.</param>
    /// <param name="ct">Ends it.</param>
    Task RunAsync(JsonElement step, CancellationToken ct);
}
