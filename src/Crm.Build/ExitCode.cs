namespace Crm.Build;

/// <summary>What the program says to the shell; the first three are the same as those of the `crm` program.</summary>
internal static class ExitCode
{
    public const int Success = 0;
    public const int Failure = 1;
    public const int WrongUsage = 2;

    // What shells use for a program that was interrupted.
    public const int Stopped = 130;
}
