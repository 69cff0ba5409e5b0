using System.Xml.Linq;
using Crm.Kernel.Data;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Crm.Kernel.Security;

/// <summary>Keeps data-protection keys in the database: in its backup, and the same on every node.</summary>
internal sealed class KeysInDatabase(IDbContextFactory<KernelDb> databases, WriterGate gate) : IXmlRepository, IConfigureOptions<KeyManagementOptions>
{
    public void Configure(KeyManagementOptions options) => options.XmlRepository = this;

    // The framework asks synchronously; keys are read once and written once in months.
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = databases.CreateDbContext();
        return db.Set<ProtectionKey>().AsNoTracking().Select(k => k.Xml).ToList().ConvertAll(XElement.Parse);
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        ArgumentNullException.ThrowIfNull(element);
        Task.Run(async () =>
        {
            using var pass = await gate.EnterAsync(CancellationToken.None);
            await using var db = await databases.CreateDbContextAsync();
            db.Add(new ProtectionKey { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
            await db.FlushAsync(CancellationToken.None);
        }).GetAwaiter().GetResult();
    }
}
