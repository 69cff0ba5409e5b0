using System.Globalization;
using Crm.Abstractions.Modules;
using Crm.Kernel.Data;
using Crm.Kernel.Modules;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Settings;

/// <summary>The company's own choices, as of now. An immutable snapshot, swapped when one is saved.</summary>
/// <param name="Name">The company's name for this server.</param>
/// <param name="Country">ISO 3166 code by which phone numbers without country are read; may be empty.</param>
/// <param name="TimeZone">IANA name of the zone of whoever chose none.</param>
/// <param name="Language">Culture of whoever chose none; names sort by it.</param>
internal sealed record Site(string Name, string Country, string TimeZone, string Language)
{
    public const string NameKey = "Site:Name";
    public const string CountryKey = "Site:Country";
    public const string TimeZoneKey = "Site:TimeZone";
    public const string LanguageKey = "Site:Language";
    public const string BinDaysKey = "Bin:KeepDays";

    /// <summary>After how many days in the bin a record is removed for good by itself; null for never.</summary>
    public int? BinDays { get; init; }
}

/// <summary>Reads and keeps the site's settings: what an administrator saved, else what the configuration says.</summary>
internal sealed class SiteSettings(IConfiguration configuration, IServiceProvider services) : ISite, IReloaded
{
    private readonly ReadOrder _order = new();
    private volatile Site _now = Read(configuration, new Dictionary<string, string>());

    public Site Now => _now;

    public string Country => _now.Country;

    /// <summary>Reads the settings anew; takes effect at the next request.</summary>
    public async Task ReloadAsync(CancellationToken ct)
    {
        var read = _order.Begin();
        await using var db = await services.GetRequiredService<IDbContextFactory<KernelDb>>().CreateDbContextAsync(ct);
        var now = Read(configuration, await db.Set<Setting>().AsNoTracking().ToDictionaryAsync(s => s.Name, s => s.Value, StringComparer.Ordinal, ct));
        _order.Keep(read, () => _now = now);
    }

    private static Site Read(IConfiguration configuration, Dictionary<string, string> saved)
    {
        string Of(string key, string otherwise) =>
            saved.TryGetValue(key, out var value) && value.Length > 0 ? value : configuration[key] is { Length: > 0 } given ? given : otherwise;

        return new Site(Of(Site.NameKey, "CRM"), Of(Site.CountryKey, ""), Of(Site.TimeZoneKey, "Etc/UTC"), Of(Site.LanguageKey, "en-GB"))
        {
            BinDays = int.TryParse(Of(Site.BinDaysKey, ""), NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days : null,
        };
    }
}
