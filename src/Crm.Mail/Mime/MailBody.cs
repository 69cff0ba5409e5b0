namespace Crm.Mail.Mime;

/// <summary>What a mail is to hold, and the tree that common mail programs show right: mixed(alternative(text, related(HTML, pictures), calendar), files).</summary>
public sealed record MailBody
{
    /// <summary>The text by itself; always there, since some read nothing else.</summary>
    public required string Text { get; init; }

    /// <summary>The same in HTML, or null.</summary>
    public string? Html { get; init; }

    /// <summary>The same for calendars (<see cref="MimePart.Calendar"/>), or null.</summary>
    public MimePart? Calendar { get; init; }

    /// <summary>Pictures that the HTML shows (<see cref="MimePart.Inline"/>).</summary>
    public IReadOnlyList<MimePart> Related { get; init; } = [];

    /// <summary>Files beside the text (<see cref="MimePart.Attachment"/>) and forwarded mails.</summary>
    public IReadOnlyList<MimePart> Attachments { get; init; } = [];

    /// <summary>The tree, for <see cref="MimeMessage.Body"/>.</summary>
    public MimePart ToPart()
    {
        List<MimePart> alternatives = [MimePart.PlainText(Text)];
        var files = Attachments;
        if (Html is not null) alternatives.Add(Join("related", [MimePart.Html(Html), .. Related]));
        else files = [.. Related, .. Attachments];
        // The last is the best that a program knows: a calendar takes the invitation.
        if (Calendar is not null) alternatives.Add(Calendar);
        return Join("mixed", [Join("alternative", alternatives), .. files]);
    }

    private static MimePart Join(string subtype, IReadOnlyList<MimePart> parts) => parts.Count == 1 ? parts[0] : MimePart.Multipart(subtype, parts);
}
