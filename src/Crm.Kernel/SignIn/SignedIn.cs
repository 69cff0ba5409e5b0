using Crm.Kernel.Settings;
using Crm.Ui.Shell;

namespace Crm.Kernel.SignIn;

/// <summary>The person behind the request's cookie, as read when the cookie was checked.</summary>
internal sealed record Person(Guid Id, string Name, string Email, string Stamp, string Language, string TimeZone, string Theme);

/// <summary>Keeps that person for the rest of the request: name, language, zone and theme cost no further read.</summary>
internal sealed class SignedIn(SiteSettings site) : IUserZone
{
    public Person? Person { get; set; }

    public TimeZoneInfo Zone => Zones.Of(Person?.TimeZone ?? "", site.Now.TimeZone);
}
