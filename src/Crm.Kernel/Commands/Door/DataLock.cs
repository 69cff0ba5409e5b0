namespace Crm.Kernel.Commands.Door;

/// <summary>Sees to it that one process at a time works on a data directory: the server, or a command when none runs.</summary>
internal static class DataLock
{
    /// <summary>Takes the lock; waits for commands that end soon.</summary>
    public static async Task<IDisposable> TakeAsync(string directory, TimeSpan patience, TimeProvider clock, CancellationToken ct)
    {
        Make(directory);
        var path = Path.Combine(directory, "crm.lock");
        for (var start = clock.GetTimestamp(); ;)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (UnauthorizedAccessException)
            {
                throw new CommandFailure($"The data directory {directory} can't be written: run as the user that it belongs to, or set Data:Directory.");
            }
            catch (IOException) when (clock.GetElapsedTime(start) < patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), clock, ct);
            }
            catch (IOException)
            {
                throw new CommandFailure($"Another crm process works on the data directory {directory}: wait until it ends, or set Data:Directory.");
            }
        }
    }

    private static void Make(string directory)
    {
        try
        {
            // Only the server's own user reads what customers told the company.
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(directory);
            else if (!Directory.Exists(directory))
                Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"The data directory {directory} can't be made ({failure.Message}): set Data:Directory.");
        }
    }
}
