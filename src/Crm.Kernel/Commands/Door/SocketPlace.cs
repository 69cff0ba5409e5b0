using System.Net.Sockets;
using System.Text;

namespace Crm.Kernel.Commands.Door;

/// <summary>Where the server's socket is: in the data directory, or, where that path is too long for a socket, in a private temporary one that a file there names.</summary>
internal static class SocketPlace
{
    // Addresses of Unix sockets end at 108 bytes, on some systems at 104.
    private const int LongestPath = 100;

    /// <summary>Chooses the place and clears what a server that died left there.</summary>
    public static string Make(string directory)
    {
        Remove(directory);
        var path = Path.Combine(directory, "crm.sock");
        if (Encoding.UTF8.GetByteCount(path) <= LongestPath)
            return path;
        // Made with mode 0700 and a name that nobody can guess: no other user can put a socket of his own there.
        path = Path.Combine(Directory.CreateTempSubdirectory("crm-").FullName, "crm.sock");
        if (Encoding.UTF8.GetByteCount(path) > LongestPath)
            throw new CommandFailure($"The temporary directory's path is too long for a socket: set TMPDIR to a shorter one ({path}).");
        File.WriteAllText(Pointer(directory), path);
        return path;
    }

    /// <summary>Removes socket and pointer.</summary>
    public static void Remove(string directory)
    {
        File.Delete(Path.Combine(directory, "crm.sock"));
        if (!File.Exists(Pointer(directory)))
            return;
        var path = File.ReadAllText(Pointer(directory));
        if (Path.GetDirectoryName(path) is { } folder && Directory.Exists(folder) && Path.GetFileName(folder).StartsWith("crm-", StringComparison.Ordinal))
            Directory.Delete(folder, recursive: true);
        File.Delete(Pointer(directory));
    }

    /// <summary>Connects to the server of a data directory; null where none runs.</summary>
    public static async Task<NetworkStream?> ConnectAsync(string directory, CancellationToken ct)
    {
        var path = File.Exists(Pointer(directory)) ? await File.ReadAllTextAsync(Pointer(directory), ct) : Path.Combine(directory, "crm.sock");
        if (!File.Exists(path))
            return null;
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException failure)
        {
            socket.Dispose();
            // Nobody listens: a server that died left the socket behind.
            if (failure.SocketErrorCode is SocketError.ConnectionRefused or SocketError.AddressNotAvailable)
                return null;
            throw new CommandFailure($"A server uses this data directory, but its socket can't be opened ({failure.Message}): run the command as the user that the server runs as.");
        }
    }

    private static string Pointer(string directory) => Path.Combine(directory, "crm.socket-path");
}
