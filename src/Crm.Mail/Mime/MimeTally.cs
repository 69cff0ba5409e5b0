namespace Crm.Mail.Mime;

/// <summary>What was met while reading one mail, its forwarded mails included.</summary>
internal sealed class MimeTally
{
    private readonly List<MimeDefect> _defects = [];
    private int _parts;

    public IReadOnlyList<MimeDefect> Defects => _defects;

    /// <summary>Each kind is named once.</summary>
    public void Add(MimeDefect defect)
    {
        if (!_defects.Contains(defect)) _defects.Add(defect);
    }

    public bool TakePart(MimeLimits limits)
    {
        if (_parts++ < limits.MostParts) return true;
        Add(MimeDefect.TooManyParts);
        return false;
    }
}
