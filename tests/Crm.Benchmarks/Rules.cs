using Crm.Activities.Cadence;
using Crm.Kernel.RecordPages;
using Crm.Kernel.Security;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Benchmarks;

/// <summary>Five rules of contact cadence, and the marks that their lists are read from.</summary>
internal sealed class Rules(CrmHost host)
{
    private const string Segment = "Buyers";

    /// <summary>Makes the rules where there are none, and the marks that are missing; every twelfth person or so is in the segment.</summary>
    public async Task SetAsync()
    {
        await host.InAsync(async db =>
        {
            if (await db.Set<CadenceRule>().AnyAsync())
                return;
            db.Add(new SavedView { Kind = "person", Name = Segment, Filter = "jobTitle eq \"Buyer\"" });
            await db.SaveChangesAsync();
            db.AddRange(
                Rule("Everybody", Customer.Both, null, 90, null, null),
                Rule("Buyers often, not too often", "person", Segment, 30, 4, 30),
                Rule("By voice", Customer.Both, null, 180, null, null, "phone", "in-person"),
                Rule("Nobody pestered", Customer.Both, null, null, 3, 30),
                Rule("Firms by mail", "organization", null, 60, null, null, "email"));
            await db.SaveChangesAsync();
        });
        await using var scope = host.Services.CreateAsyncScope();
        var actor = scope.ServiceProvider.GetRequiredService<Actor>();
        (actor.IsSystem, actor.Door) = (true, "job");
        await ActivatorUtilities.CreateInstance<WriteMarks>(scope.ServiceProvider).RunAsync(CancellationToken.None);
    }

    private static CadenceRule Rule(string name, string customers, string? segment, int? atLeastDays, int? atMostTimes, int? atMostDays, params string[] channels)
    {
        var rule = CadenceRule.New();
        (rule.Name, rule.Customers, rule.Segment, rule.AtLeastDays, rule.AtMostTimes, rule.AtMostDays) = (name, customers, segment, atLeastDays, atMostTimes, atMostDays);
        rule.Count(channels);
        return rule;
    }
}
