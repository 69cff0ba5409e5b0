using System.CommandLine;
using Crm.Kernel.Commands;

namespace Crm.Host.Commands;

/// <summary>All commands, in the words of the command-line library.</summary>
internal static class CommandTree
{
    private static readonly Dictionary<string, string> _groups = new(StringComparer.Ordinal)
    {
        ["department"] = "Departments of the company.",
        ["user"] = "People who sign in.",
        ["token"] = "Tokens for the API.",
        ["module"] = "The module switches.",
        ["jobs"] = "What the server does at night.",
        ["mail"] = "Mail in and out.",
    };

    public static RootCommand Build(IReadOnlyList<string> settings)
    {
        var json = new Option<bool>("--json") { Description = "Gives the result as JSON.", Recursive = true };
        var urls = new Option<string?>("--urls") { Description = $"Where the server listens; {ServerProgram.DefaultUrl} where no setting says otherwise." };
        var root = new RootCommand("The CRM server. Without a command it serves. Settings are given as --Section:Key=value.") { json, urls };
        root.SetAction((parsed, ct) => ServeCommand.RunAsync(settings, parsed.GetValue(urls), ct));
        var serve = new Command("serve", "Runs the server; on first start it creates the data folder and the database.") { urls };
        serve.SetAction((parsed, ct) => ServeCommand.RunAsync(settings, parsed.GetValue(urls), ct));
        root.Add(serve);
        var demo = new Command("demo", "A throw-away server with a small sample company, gone when it ends.") { urls };
        demo.SetAction((parsed, ct) => DemoCommand.RunAsync(parsed.GetValue(urls), ct));
        root.Add(demo);
        foreach (var command in CommandList.All)
            Place(root, command.Name.Split(' '), Make(command, settings, json));
        return root;
    }

    private static void Place(Command parent, string[] words, Command command)
    {
        foreach (var word in words[..^1])
        {
            var group = parent.Subcommands.FirstOrDefault(c => string.Equals(c.Name, word, StringComparison.Ordinal));
            if (group is null)
                parent.Add(group = new Command(word, _groups[word]));
            parent = group;
        }

        parent.Add(command);
    }

    private static Command Make(CrmCommand command, IReadOnlyList<string> settings, Option<bool> json)
    {
        var made = new Command(command.Name.Split(' ')[^1], command.Summary);
        var readers = new List<Func<ParseResult, (CommandInput Input, string[] Values)>>();
        foreach (var input in command.Inputs)
            readers.Add(input.IsArgument ? Argument(made, input) : Option(made, input));
        made.SetAction((parsed, ct) =>
        {
            var values = readers.Select(r => r(parsed)).Where(v => v.Values.Length > 0).ToList();
            return new TypedCommand(command, values, settings, parsed.GetValue(json)).RunAsync(ct);
        });
        return made;
    }

    private static Func<ParseResult, (CommandInput Input, string[] Values)> Argument(Command made, CommandInput input)
    {
        var argument = new Argument<string?>(input.Name.ToUpperInvariant())
        {
            Description = input.Description,
            Arity = input.IsRequired ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
        };
        made.Add(argument);
        return parsed => (input, parsed.GetValue(argument) is { } value ? [value] : []);
    }

    private static Func<ParseResult, (CommandInput Input, string[] Values)> Option(Command made, CommandInput input)
    {
        if (input.Kind == InputKind.Flag)
        {
            var flag = new Option<bool>("--" + input.Name) { Description = input.Description };
            made.Add(flag);
            return parsed => (input, parsed.GetValue(flag) ? ["true"] : []);
        }

        var option = new Option<string?>("--" + input.Name)
        {
            Description = input.Description,
            Required = input.IsRequired,
            HelpName = input.Kind is InputKind.FileIn or InputKind.FileOut or InputKind.FileText ? "FILE" : input.Kind == InputKind.Number ? "N" : input.Name,
        };
        made.Add(option);
        return parsed => (input, parsed.GetValue(option) is { } value ? [value] : []);
    }
}
