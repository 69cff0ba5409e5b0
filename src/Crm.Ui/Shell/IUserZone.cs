namespace Crm.Ui.Shell;

/// <summary>The time zone in which the person behind this request reads times. The kernel implements it, scoped to the request.</summary>
public interface IUserZone
{
    /// <summary>The person's zone; the site's where they chose none.</summary>
    TimeZoneInfo Zone { get; }
}
