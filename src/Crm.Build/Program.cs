using System.Runtime.InteropServices;
using Crm.Build;

using var stop = new CancellationTokenSource();
// Ctrl+C and a polite kill both unwind the stack, so that the database cluster is stopped and its folder removed.
void Unwind(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Unwind);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Unwind);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Unwind);

try
{
    var command = args.Length == 0 ? "help" : args[0];
    string[] rest = [.. args.Skip(1)];
    var tree = SourceTree.Find();
    return command switch
    {
        "test" => await new TestCommand(tree, TestOptions.Parse(rest)).RunAsync(stop.Token),
        "bench" => await new BenchCommand(tree).RunAsync(rest, stop.Token),
        "build" => await new BuildCommand(tree).RunAsync(rest, stop.Token),
        "help" or "--help" or "-h" => Help.Print(),
        _ => throw new WrongUsage($"There is no command '{command}'."),
    };
}
catch (WrongUsage wrong)
{
    await Console.Error.WriteLineAsync($"{wrong.Message} See './build.sh help'.");
    return ExitCode.WrongUsage;
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("Stopped.");
    return ExitCode.Stopped;
}
