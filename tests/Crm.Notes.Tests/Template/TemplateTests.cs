namespace Crm.Notes.Tests.Template;

/// <summary>What <c>dotnet new crm-module</c> makes, before it is built.</summary>
public sealed class TemplateTests
{
    [Fact]
    public async Task A_new_module_is_small()
    {
        var files = Files(await NewModule.Trials);
        Assert.InRange(files.Count, 8, 16);
        Assert.InRange(files.Sum(f => File.ReadLines(f).Count()), 100, 400);
        Assert.Contains(files, f => Path.GetFileName(f) == "README.md");
    }

    [Fact]
    public async Task Nothing_of_notes_is_left_in_it()
    {
        var module = await NewModule.Trials;
        foreach (var file in Files(module))
        {
            Assert.DoesNotContain("note", Path.GetRelativePath(module, file), StringComparison.OrdinalIgnoreCase);
            var text = await File.ReadAllTextAsync(file);
            Assert.DoesNotContain("note", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("#if", text, StringComparison.Ordinal);
            Assert.DoesNotContain("AboutId", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Names_of_several_words_and_plurals_of_their_own_come_out_right()
    {
        var module = await NewModule.MakeAsync("Crm.Feedback", "--entity", "SurveyReply", "--plural", "SurveyReplies", "--icon", "star");
        Assert.Contains("it.Record(\"feedback_survey_reply\")", await File.ReadAllTextAsync(Path.Combine(module, "SurveyReplies", "SurveyReplyMapping.cs")), StringComparison.Ordinal);
        var record = await File.ReadAllTextAsync(Path.Combine(module, "SurveyReplies", "SurveyReplyRecord.cs"));
        Assert.Contains("Named(\"survey-reply\", \"survey-replies\", \"feedback\").Shown(\"Survey reply\", \"Survey replies\", \"star\")", record, StringComparison.Ordinal);
        var permissions = await File.ReadAllTextAsync(Path.Combine(module, "FeedbackPermissions.cs"));
        Assert.Contains("new(\"EditSurveyReplies\", \"Add and change survey replies\", IsScoped: true)", permissions, StringComparison.Ordinal);
    }

    private static List<string> Files(string module) =>
        Directory.EnumerateFiles(module, "*", SearchOption.AllDirectories)
            .Where(f => !Path.GetRelativePath(module, f).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "packages.lock.json"))
            .ToList();
}
