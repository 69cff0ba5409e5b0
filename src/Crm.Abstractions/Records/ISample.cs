using Crm.Abstractions.Data;

namespace Crm.Abstractions.Records;

/// <summary>A module's part of the sample company: few records, believable, so that each of its screens has something to show. Parts come in the modules' order, so that one may build on those before it.</summary>
public interface ISample
{
    /// <summary>Adds the records and saves them.</summary>
    /// <param name="db">The database, acting as the system.</param>
    /// <param name="company">The people of the sample company.</param>
    /// <param name="ct">Ends it.</param>
    Task AddAsync(CrmDb db, SampleCompany company, CancellationToken ct);
}

/// <summary>The people of the sample company.</summary>
/// <param name="Users">Users by ready role.</param>
/// <param name="Departments">Departments by name: <c>Sales</c>, <c>Service</c>, <c>Marketing</c>, <c>Head office</c>.</param>
/// <param name="Now">The moment at which the sample is made; dates are relative to it.</param>
public sealed record SampleCompany(IReadOnlyDictionary<string, Guid> Users, IReadOnlyDictionary<string, Guid> Departments, DateTimeOffset Now);
