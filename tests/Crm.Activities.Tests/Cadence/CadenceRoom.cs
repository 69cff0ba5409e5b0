using Crm.Activities.Cadence;
using Crm.Kernel.RecordPages;
using Crm.Kernel.Security;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Activities.Tests.Cadence;

/// <summary>What tests of cadence do beside the doors.</summary>
internal static class CadenceRoom
{
    /// <summary>Saves a view for everybody: a segment.</summary>
    public static Task SegmentAsync(this CrmHost host, string kind, string name, string filter) => host.InAsync(async db =>
    {
        db.Add(new SavedView { Kind = kind, Name = name, Filter = filter });
        await db.SaveChangesAsync();
    });

    /// <summary>Moves the beginning of a record.</summary>
    public static Task BeganAsync(this CrmHost host, Guid record, DateTimeOffset at) => host.InAsync(async db =>
    {
        (await db.Records.FirstAsync(r => r.Id == record)).CreatedAt = at;
        await db.SaveChangesAsync();
    });

    /// <summary>Has the marks of new rules written, as the job does.</summary>
    public static async Task PrepareAsync(this CrmHost host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        await scope.ServiceProvider.GetRequiredService<WriteMarks>().RunAsync(default);
    }

    /// <summary>A whole list as somebody reads it, page by page.</summary>
    public static async Task<List<Guid>> ListAsync(this CrmHost host, Guid user, Guid rule, bool isOften, int pageSize = 3, bool isMine = false)
    {
        var ids = new List<Guid>();
        string? after = null;
        do
        {
            await using var scope = host.Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Actor>().UserId = user;
            var db = scope.ServiceProvider.GetRequiredService<Crm.Kernel.Data.KernelDb>();
            var active = (await ActiveRule.AllAsync(db, default)).Single(r => r.Id == rule);
            (var rows, after) = await scope.ServiceProvider.GetRequiredService<CadenceList>().ReadAsync(new CadenceQuery(active, isOften, isMine), after, pageSize, default);
            ids.AddRange(rows.Select(r => r.Id));
        }
        while (after is not null);
        return ids;
    }
}
