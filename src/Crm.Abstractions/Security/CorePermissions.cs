namespace Crm.Abstractions.Security;

/// <summary>Permissions of the kernel itself, which every module may ask for.</summary>
public static class CorePermissions
{
    /// <summary>Give records another owner, and set owners at creation and import.</summary>
    public static Permission HandOverRecords { get; } = new("HandOverRecords", "Give records another owner", IsScoped: true);

    /// <summary>Share records with named colleagues and departments, and name further account managers.</summary>
    public static Permission ShareRecords { get; } = new("ShareRecords", "Share records with colleagues", IsScoped: true);

    /// <summary>Import files.</summary>
    public static Permission ImportRecords { get; } = new("ImportRecords", "Import files");

    /// <summary>Export lists.</summary>
    public static Permission ExportRecords { get; } = new("ExportRecords", "Export lists to files");

    /// <summary>Save views for everybody: each is a segment that all filters may name.</summary>
    public static Permission ShareViews { get; } = new("ShareViews", "Save views and segments for everybody");

    /// <summary>Make API tokens for oneself.</summary>
    public static Permission UseApi { get; } = new("UseApi", "Use the API with tokens of one's own");

    /// <summary>Switch modules, and change settings and fields.</summary>
    public static Permission AdministerSite { get; } = new("AdministerSite", "Administer modules, settings and fields");

    /// <summary>Manage users, departments and roles.</summary>
    public static Permission AdministerUsers { get; } = new("AdministerUsers", "Administer users, departments and roles");

    /// <summary>Read the audit.</summary>
    public static Permission ViewAudit { get; } = new("ViewAudit", "Read who changed what");

    /// <summary>Remove records for good.</summary>
    public static Permission PurgeRecords { get; } = new("PurgeRecords", "Remove records from the bin for good");

    /// <summary>Erase what is kept about a person.</summary>
    public static Permission EraseRecords { get; } = new("EraseRecords", "Erase everything that is kept about a person");

    /// <summary>Give a person a file with everything that is kept about him.</summary>
    public static Permission ReportPersonalData { get; } = new("ReportPersonalData", "Download everything that is kept about a person");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Permission> All { get; } =
        [HandOverRecords, ShareRecords, ImportRecords, ExportRecords, ShareViews, UseApi, AdministerSite, AdministerUsers, ViewAudit, PurgeRecords, EraseRecords, ReportPersonalData];
}
