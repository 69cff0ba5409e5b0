using Crm.Abstractions.Records;

namespace Crm.Activities.Mails;

/// <summary>A mail that is written once and sent often, with words in double braces that the customer's record fills.</summary>
internal sealed class MailTemplate : IRecord
{
    public const string KindName = "mail-template";

    private MailTemplate() => Spine = null!;

    private MailTemplate(Guid id) => (Id, Spine) = (id, new Spine(id, KindName));

    public Guid Id { get; private set; }

    public Spine Spine { get; private set; }

    public string Name { get; set; } = "";

    public string Subject { get; set; } = "";

    public string Text { get; set; } = "";

    public static MailTemplate New() => new(Guid.CreateVersion7());
}
