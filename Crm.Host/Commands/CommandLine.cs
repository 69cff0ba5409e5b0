using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Crm.Kernel.Commands;

namespace Crm.Host.Commands;

/// <summary>Reads what was typed and runs it: 0 when it worked, 1 when it failed, 2 when it can't be understood.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        var (settings, rest) = TypedSettings.Split(args);
        var parsed = CommandTree.Build(settings).Parse(rest);
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction)
        {
            await Console.Error.WriteLineAsync($"{parsed.Errors[0].Message} See '{Called(parsed)} --help'.");
            return CommandFailure.WrongUsage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return CommandFailure.Failed;
        }
        catch (CommandFailure failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return failure.ExitCode;
        }
        catch (Exception failure) when (!System.Diagnostics.Debugger.IsAttached)
        {
            await Console.Error.WriteLineAsync(OneLine(failure));
            return CommandFailure.Failed;
        }
    }

    private static string Called(ParseResult parsed)
    {
        var words = new List<string>();
        for (var command = parsed.CommandResult; command is not null; command = command.Parent as System.CommandLine.Parsing.CommandResult)
            words.Insert(0, command.Command is RootCommand ? "crm" : command.Command.Name);
        return string.Join(' ', words);
    }

    private static string OneLine(Exception failure) => failure switch
    {
        IOException { InnerException: { } inner } when failure.Message.Contains("address already in use", StringComparison.OrdinalIgnoreCase) || inner.Message.Contains("already in use", StringComparison.OrdinalIgnoreCase) =>
            $"{failure.Message.ReplaceLineEndings(" ")} Stop the other program, or give another address with --urls.",
        _ => failure.Message.ReplaceLineEndings(" "),
    };
}
