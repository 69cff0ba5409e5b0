using Crm.Kernel.Audit;

namespace Crm.Kernel.Import;

/// <summary>What one import keeps from chunk to chunk.</summary>
internal sealed class ImportState(ImportPlan plan, Guid importId, IReadOnlyDictionary<string, Guid> users, Guid? owner, bool isDry)
{
    private const int MostKnown = 100_000;

    public ImportPlan Plan { get; } = plan;

    public Guid ImportId { get; } = importId;

    public Guid? Owner { get; } = owner;

    public bool IsDry { get; } = isDry;

    public RowReader Reader { get; } = new(plan, users);

    /// <summary>The act under which all chunks stand.</summary>
    public OneAct Act { get; init; } = new();

    /// <summary>Records that links were found to name, so that the same name is looked up once.</summary>
    public Dictionary<string, Guid> Known { get; } = new(StringComparer.Ordinal);

    /// <summary>True in the last round: what is not there now will not come.</summary>
    public bool IsLast { get; set; }

    public long Created { get; set; }

    public long Updated { get; set; }

    public long Unchanged { get; set; }

    public long Failed { get; set; }

    public long LastLine { get; set; }

    public long Total => Created + Updated + Unchanged + Failed;

    public void Learn(IEnumerable<KeyValuePair<string, Guid>> found)
    {
        if (Known.Count > MostKnown && !IsDry)
            Known.Clear();
        foreach (var (key, id) in found)
            Known[key] = id;
    }
}
