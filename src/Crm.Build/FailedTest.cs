namespace Crm.Build;

/// <summary>One failed test with what it said.</summary>
internal sealed record FailedTest(string Name, string Message, string Trace)
{
    public string Told()
    {
        var lines = Message.Trim().Split('\n').Concat(Trace.Trim().Split('\n').Take(6));
        return $"  {Name}{Environment.NewLine}{string.Join(Environment.NewLine, lines.Select(line => "      " + line.TrimEnd()))}";
    }
}
