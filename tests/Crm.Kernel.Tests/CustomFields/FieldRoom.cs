using Crm.Abstractions.Records;
using Crm.Kernel.CustomFields;
using Crm.Kernel.Security;
using Crm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.CustomFields;

/// <summary>Makes and changes custom fields as an administrator's page does.</summary>
internal static class FieldRoom
{
    public static Task<CustomField> FieldAsync(this CrmHost host, string kind, FieldKind holds, string label, Func<CustomFieldFields, CustomFieldFields>? more = null)
    {
        var said = new CustomFieldFields { Holds = holds, Label = label };
        return host.DoAsync<SaveCustomField, CustomField>(v => v.AddAsync(kind, more is null ? said : more(said), CancellationToken.None));
    }

    public static Task ChangeAsync(this CrmHost host, CustomField field, Func<CustomFieldFields, CustomFieldFields> change) =>
        host.DoAsync<SaveCustomField, bool>(async v =>
        {
            await v.ChangeAsync(field.Id, change(new CustomFieldFields { Label = field.Label, Options = field.ReadOptions(), IsUnique = field.IsUnique, IsListed = field.IsListed, Formula = field.Formula }), CancellationToken.None);
            return true;
        });

    public static Task RetireAsync(this CrmHost host, CustomField field, bool isRetired) =>
        host.DoAsync<RetireCustomField, bool>(async v =>
        {
            await v.RunAsync(field.Id, isRetired, CancellationToken.None);
            return true;
        });

    public static FieldOption[] Options(params string[] labels) => [.. labels.Select(l => new FieldOption("", l))];

    public static async Task<TResult> DoAsync<TVerb, TResult>(this CrmHost host, Func<TVerb, Task<TResult>> work)
        where TVerb : notnull
    {
        await using var scope = host.Services.CreateAsyncScope();
        var actor = scope.ServiceProvider.GetRequiredService<Actor>();
        (actor.IsSystem, actor.Door) = (true, "command");
        return await work(scope.ServiceProvider.GetRequiredService<TVerb>());
    }
}
