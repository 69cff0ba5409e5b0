namespace Crm.Kernel.Generate;

/// <summary>A generated person or organisation, and whose it is.</summary>
internal sealed record Customer(Guid Id, Guid? OwnerId);

/// <summary>Draws the customers whom notes and contacts are about, skewed as real data is.</summary>
internal sealed class Customers(Random random, IReadOnlyList<Customer> all)
{
    /// <summary>One customer has a twentieth of what is asked for, a tenth of the customers a third.</summary>
    public Customer Any() =>
        random.Next(20) == 0 ? all[0]
        : random.Next(3) == 0 ? all[random.Next((all.Count / 10) + 1)]
        : all[random.Next(all.Count)];
}
