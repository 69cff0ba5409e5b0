using Crm.Contacts.Phones;
using Microsoft.Extensions.Configuration;

namespace Crm.Contacts.Tests;

/// <summary>Settings as a test wants them.</summary>
internal static class Settings
{
    public static PhoneCountry Country(string? country) =>
        new(new ConfigurationBuilder().AddInMemoryCollection([new("Site:Country", country)]).Build());
}
