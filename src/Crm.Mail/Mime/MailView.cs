namespace Crm.Mail.Mime;

/// <summary>Which of a mail's parts is the text to read, which the HTML, which the invitation, and which are files.</summary>
internal sealed class MailView
{
    private readonly List<MimePart> _others = [];

    public MimePart? Text { get; private set; }

    public MimePart? Html { get; private set; }

    public MimePart? Calendar { get; private set; }

    public IReadOnlyList<MimePart> Others => _others;

    public static MailView Of(MimePart body)
    {
        var view = new MailView();
        view.Sort(body);
        return view;
    }

    // As deep as the reader's limit allows, and no deeper.
    private void Sort(MimePart part)
    {
        if (part.Parts.Count > 0)
        {
            foreach (var child in part.Parts) Sort(child);
            return;
        }

        var readable = !part.IsAttachment && part.Message is null;
        if (readable && Text is null && part.Type.Name == "text/plain" && part.FileName is null) Text = part;
        else if (readable && Html is null && part.Type.Name == "text/html" && part.FileName is null) Html = part;
        else if (Calendar is null && part.Type.Name == "text/calendar") Calendar = part;
        else _others.Add(part);
    }
}
