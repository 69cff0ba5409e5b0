namespace Crm.Contacts.Contacts;

/// <summary>The ways to reach a contact.</summary>
internal enum PointType
{
    /// <summary>A phone, mobile or fax number.</summary>
    Phone,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A web page.</summary>
    Web,

    /// <summary>A name on a social network.</summary>
    Handle,
}
