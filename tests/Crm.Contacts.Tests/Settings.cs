using Crm.Abstractions.Modules;
using Crm.Contacts.Phones;

namespace Crm.Contacts.Tests;

/// <summary>Settings as a test wants them.</summary>
internal static class Settings
{
    public static PhoneCountry Country(string? country) => new(new SiteOf(country ?? ""));

    private sealed record SiteOf(string Country) : ISite;
}
