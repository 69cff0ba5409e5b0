using System.Text.Json;
using Crm.Abstractions.Modules;
using Crm.Abstractions.Records;

namespace Crm.Kernel.Recipes;

/// <summary>A step whose words are read into a record; a word that it doesn't know is refused.</summary>
internal abstract class TypedStep<T> : IRecipeStep
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public abstract string Name { get; }

    public void Check(JsonElement step) => Check(Read(step));

    public Task RunAsync(JsonElement step, CancellationToken ct) => RunAsync(Read(step), ct);

    protected abstract void Check(T step);

    protected abstract Task RunAsync(T step, CancellationToken ct);

    private static T Read(JsonElement step) => step.Deserialize<T>(_json) ?? throw new RuleViolation("", "The step is empty.");
}
