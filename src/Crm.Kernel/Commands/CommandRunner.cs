using System.Text.Json;
using Crm.Abstractions.Records;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Crm.Kernel.Commands;

/// <summary>Runs a command in a scope of its own, as the system, and turns whatever goes wrong into one line.</summary>
internal sealed partial class CommandRunner(IServiceScopeFactory scopes, ILogger<CommandRunner> log)
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { WriteIndented = false };

    public async Task<CommandAnswer> RunAsync(CommandRequest request, CommandEnd end, CancellationToken ct)
    {
        if (CommandList.Find(request.Name) is not { } command)
            return new CommandAnswer(CommandFailure.WrongUsage, $"There is no command '{request.Name}'.", "{}");
        await using var scope = scopes.CreateAsyncScope();
        var actor = scope.ServiceProvider.GetRequiredService<Actor>();
        (actor.IsSystem, actor.Door) = (true, "command");
        return await RunAsync(command, new CommandRun(request, scope.ServiceProvider, end), Log, ct);

        void Log(Exception failure) => LogFailure(failure, request.Name);
    }

    /// <summary>Runs a command that needs no scope of the server.</summary>
    public static async Task<CommandAnswer> RunAsync(CrmCommand command, CommandRun run, Action<Exception> log, CancellationToken ct)
    {
        try
        {
            await command.RunAsync(run, ct);
            return new CommandAnswer(0, null, JsonSerializer.Serialize(run.Result, run.Result.GetType(), _json));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return Failed("Stopped.");
        }
        catch (CommandFailure failure)
        {
            return new CommandAnswer(failure.ExitCode, failure.Message, "{}");
        }
        catch (RuleViolation violation)
        {
            return Failed(string.Join(' ', violation.Errors.Select(e => e.Key.Length > 0 ? $"{e.Key}: {string.Join(' ', e.Value)}" : string.Join(' ', e.Value))));
        }
        catch (Exception failure) when (failure is NotAllowed or RecordMissing)
        {
            return Failed(failure.Message);
        }
        catch (Exception failure)
        {
            log(failure);
            return Failed($"{OneLine(failure)} The log has the details.");
        }
    }

    private static CommandAnswer Failed(string message) => new(CommandFailure.Failed, message, "{}");

    private static string OneLine(Exception failure)
    {
        var message = (failure.InnerException ?? failure).Message.ReplaceLineEndings(" ").Trim();
        return message.EndsWith('.') ? message : message + ".";
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The command '{Command}' failed.")]
    private partial void LogFailure(Exception failure, string command);
}
