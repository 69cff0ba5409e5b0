namespace Crm.Build;

/// <summary>What one project's run came to; a problem is something that went wrong beside the tests.</summary>
internal sealed record TestOutcome(string Project, int Passed, int Skipped, IReadOnlyList<FailedTest> Failures, TimeSpan Took, string? Problem = null)
{
    /// <summary>A run that ended badly counts as one failure more: nobody knows what it did not run.</summary>
    public int Failed => Failures.Count + (Problem is null ? 0 : 1);

    public override string ToString() =>
        $"{(Failed == 0 ? "ok    " : "FAILED")} {Project}: {Closing(Passed, Failed, Skipped)} ({Took.TotalSeconds:0} s)";

    public static string Closing(int passed, int failed, int skipped) =>
        $"{passed} passed, {failed} failed{(skipped > 0 ? $", {skipped} skipped" : "")}";
}
