namespace Crm.Kernel.Commands;

/// <summary>What is wrong and how to mend it, in one line; the command ends with the code.</summary>
internal sealed class CommandFailure(string message, int exitCode = CommandFailure.Failed) : Exception(message)
{
    public const int Failed = 1;

    public const int WrongUsage = 2;

    public int ExitCode { get; } = exitCode;
}
