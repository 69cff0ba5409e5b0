using Crm.Kernel.Privacy;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Kernel.RecordPages;

/// <summary>Everything that is kept about a person, as a file to hand over.</summary>
internal sealed class ReportModel(MakeReport report) : TypedPage
{
    public async Task<IActionResult> OnGetAsync(Guid id)
    {
        var made = await report.RunAsync(Type, id, Ct);
        return File(ReportHtml.Write(made, L), "text/html; charset=utf-8", $"{Type.Name}-{id}.html");
    }
}
