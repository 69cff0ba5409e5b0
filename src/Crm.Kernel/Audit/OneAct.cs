namespace Crm.Kernel.Audit;

/// <summary>An act that takes several units, as an import does: their changes stand under one row of the audit.</summary>
internal sealed class OneAct
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>True once a unit that wrote the act was committed.</summary>
    public bool IsWritten { get; set; }
}
