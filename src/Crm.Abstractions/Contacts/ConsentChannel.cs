namespace Crm.Abstractions.Contacts;

/// <summary>The ways of contact that a consent may be about.</summary>
public static class ConsentChannel
{
    /// <summary>E-mail.</summary>
    public const string Email = "email";

    /// <summary>Telephone calls.</summary>
    public const string Phone = "phone";

    /// <summary>Letters.</summary>
    public const string Post = "post";

    /// <summary>Instant messages.</summary>
    public const string Message = "message";

    /// <summary>Visits.</summary>
    public const string Visit = "visit";
}
