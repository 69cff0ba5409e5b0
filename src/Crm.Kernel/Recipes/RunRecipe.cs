using System.Text.Json;
using Crm.Abstractions.Modules;
using Crm.Abstractions.Records;
using Microsoft.Extensions.Hosting;

namespace Crm.Kernel.Recipes;

/// <summary>Runs a recipe by name: a file beside the program that says which departments, roles, settings and features there are. Every step is checked before the first runs.</summary>
internal sealed class RunRecipe(IEnumerable<IRecipeStep> kinds, IHostEnvironment host)
{
    private string Folder => Path.Combine(host.ContentRootPath, "Recipes");

    /// <summary>The names of the recipes that there are.</summary>
    public IReadOnlyList<string> Names() => Directory.Exists(Folder)
        ? [.. Directory.EnumerateFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)]
        : [];

    /// <exception cref="RuleViolation">There is no such recipe, or a step in it is wrong; nothing was done.</exception>
    public async Task RunAsync(string name, CancellationToken ct)
    {
        if (!Names().Contains(name, StringComparer.Ordinal))
            throw new RuleViolation("recipe", "There is no recipe '{0}': choose one of {1}.", name, string.Join(", ", Names()));
        await RunAsync(name, await File.ReadAllTextAsync(Path.Combine(Folder, name + ".json"), ct), ct);
    }

    /// <summary>Runs what a recipe's text says.</summary>
    public async Task RunAsync(string name, string text, CancellationToken ct)
    {
        using var recipe = Parsed(name, text);
        var steps = Steps(name, recipe.RootElement);
        foreach (var (kind, step, number) in steps)
            Check(name, number, kind, step);
        foreach (var (kind, step, _) in steps)
            await kind.RunAsync(step, ct);
    }

    private static JsonDocument Parsed(string name, string text)
    {
        try
        {
            return JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        }
        catch (JsonException wrong)
        {
            throw new RuleViolation("recipe", "The recipe '{0}' is no JSON: line {1}.", name, (wrong.LineNumber ?? 0) + 1);
        }
    }

    private List<(IRecipeStep Kind, JsonElement Step, int Number)> Steps(string name, JsonElement recipe)
    {
        if (recipe.ValueKind != JsonValueKind.Object || !recipe.TryGetProperty("steps", out var steps) || steps.ValueKind != JsonValueKind.Array)
            throw new RuleViolation("recipe", "The recipe '{0}' has no list of steps.", name);
        var found = new List<(IRecipeStep, JsonElement, int)>();
        foreach (var step in steps.EnumerateArray())
        {
            var word = step.ValueKind == JsonValueKind.Object && step.TryGetProperty("step", out var said) && said.ValueKind == JsonValueKind.String ? said.GetString()! : "";
            found.Add((kinds.FirstOrDefault(k => k.Name == word) ?? throw Unknown(name, found.Count + 1, word), step, found.Count + 1));
        }

        return found;
    }

    private RuleViolation Unknown(string name, int number, string word) => new(
        "recipe", "Step {0} of the recipe '{1}' is '{2}', which is none: use {3}.", number, name, word, string.Join(", ", kinds.Select(k => k.Name)));

    private static void Check(string name, int number, IRecipeStep kind, JsonElement step)
    {
        try
        {
            kind.Check(step);
        }
        catch (Exception wrong) when (wrong is RuleViolation or JsonException)
        {
            throw new RuleViolation("recipe", "Step {0} ({1}) of the recipe '{2}': {3}", number, kind.Name, name, wrong.Message);
        }
    }
}
