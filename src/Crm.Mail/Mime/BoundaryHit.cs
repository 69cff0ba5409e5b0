namespace Crm.Mail.Mime;

/// <summary>A line that divides parts: of which multipart, and whether it is the last of them.</summary>
internal readonly record struct BoundaryHit(int Level, bool Closes);
