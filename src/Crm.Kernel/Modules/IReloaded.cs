namespace Crm.Kernel.Modules;

/// <summary>A snapshot of saved choices that every node reads anew when one node saves.</summary>
internal interface IReloaded
{
    Task ReloadAsync(CancellationToken ct);
}
