using Crm.Abstractions.Records;
using Crm.Activities.Appointments;
using Crm.Activities.Cadence;
using Crm.Activities.Consents;
using Microsoft.Extensions.Localization;

namespace Crm.Activities;

/// <summary>What the module's own pages say after a save: that it is done, and beside it what is worth a second thought.</summary>
internal sealed class SecondThoughts(CadenceAdvice often, ConsentAdvice consent, AppointmentAdvice appointment, IStringLocalizer<ActivitiesText> text)
{
    public async Task<string> AfterAsync(string kind, Guid id, string done, CancellationToken ct)
    {
        var said = new List<string> { done };
        foreach (var advice in new IRecordAdvice[] { often, consent, appointment }.Where(a => a.Kinds.Contains(kind, StringComparer.Ordinal)))
            said.AddRange((await advice.OnAsync(id, ct)).Select(w => w.In(text)));
        return string.Join(" · ", said);
    }
}
