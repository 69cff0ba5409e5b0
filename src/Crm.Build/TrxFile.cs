using System.Xml;
using System.Xml.Linq;

namespace Crm.Build;

/// <summary>Reads the result file that dotnet test writes for one project.</summary>
internal static class TrxFile
{
    private static readonly XNamespace _trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>The outcome, or null where the file is not there or is cut short.</summary>
    public static TestOutcome? Read(string path, string project, TimeSpan took)
    {
        if (!File.Exists(path)) return null;
        try
        {
            var root = XDocument.Load(path).Root!;
            var results = root.Descendants(_trx + "UnitTestResult").ToList();
            var failures = results.Where(result => !Is(result, "Passed") && !Is(result, "NotExecuted")).Select(Failure).ToList();
            return new TestOutcome(project, results.Count(result => Is(result, "Passed")), results.Count(result => Is(result, "NotExecuted")),
                failures, took, Crash(root));
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static bool Is(XElement result, string outcome) => (string?)result.Attribute("outcome") == outcome;

    private static FailedTest Failure(XElement result)
    {
        var error = result.Element(_trx + "Output")?.Element(_trx + "ErrorInfo");
        return new FailedTest(
            (string?)result.Attribute("testName") ?? "a test without a name",
            (string?)error?.Element(_trx + "Message") ?? $"ended as {(string?)result.Attribute("outcome")}",
            (string?)error?.Element(_trx + "StackTrace") ?? "");
    }

    // A test host that died, or a fixture that threw while being put away, is told of here only.
    private static string? Crash(XElement root) =>
        root.Descendants(_trx + "RunInfo")
            .Where(info => Is(info, "Error"))
            .Select(info => (string?)info.Element(_trx + "Text"))
            .FirstOrDefault(text => text is not null && !text.Contains("[FAIL]", StringComparison.Ordinal));
}
