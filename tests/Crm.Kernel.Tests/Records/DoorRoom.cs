using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Crm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Records;

/// <summary>Opens doors as somebody.</summary>
internal static class DoorRoom
{
    public static async Task<TResult> AsAsync<TResult>(this CrmHost host, Guid user, string plural, Func<IRecordDoor, Task<TResult>> work)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().UserId = user;
        var type = scope.ServiceProvider.GetRequiredService<RecordTypes>().FindPlural(plural)!;
        return await work(scope.ServiceProvider.GetRequiredService<RecordDoors>().Of(type));
    }

    public static Task<RecordView> MakeAsync(this CrmHost host, Guid user, string plural, params (string Name, object? Value)[] values) =>
        host.AsAsync(user, plural, d => d.CreateAsync(values.ToDictionary(v => v.Name, v => v.Value), null, CancellationToken.None));

    /// <summary>The titles of all pages of a list, page by page.</summary>
    public static async Task<List<string>> TitlesAsync(this CrmHost host, Guid user, string plural, string? filter, string? sort = null, int limit = 200, string? text = null)
    {
        var titles = new List<string>();
        string? after = null;
        do
        {
            var page = await host.AsAsync(user, plural, d => d.ListAsync(new RecordQuery(filter, sort, limit, after, text), CancellationToken.None));
            titles.AddRange(page.Items.Select(i => i.Title));
            after = page.Next;
        }
        while (after is not null);
        return titles;
    }
}
