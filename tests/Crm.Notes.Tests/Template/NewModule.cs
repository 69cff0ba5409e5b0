using System.Diagnostics;

namespace Crm.Notes.Tests.Template;

/// <summary>Makes a module from Crm.Notes as the documentation says, in a folder of its own that builds as the repository does.</summary>
internal static class NewModule
{
    private static readonly Lazy<Task<string>> _trials = new(MakeTrialsAsync);

    /// <summary>The repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folder of a module made once for all tests, by a name that no module of anybody has.</summary>
    public static Task<string> Trials => _trials.Value;

    /// <summary>Makes a module, and gives its folder.</summary>
    public static async Task<string> MakeAsync(string name, params string[] options)
    {
        var folder = Directory.CreateTempSubdirectory("crm-template-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove(folder);
        var home = Path.Combine(folder, "home");
        await RunAsync(folder, home, "new", "install", Path.Combine(Root, "modules", "Crm.Notes"));
        var module = Path.Combine(folder, "modules", name);
        await RunAsync(folder, home, ["new", "crm-module", "-n", name, "-o", module, .. options]);
        return module;
    }

    /// <summary>Builds a module against the assemblies that the tests were built with, and gives the folder of what came out.</summary>
    public static async Task<string> BuildAsync(string module)
    {
        var modules = Path.GetDirectoryName(module)!;
        var root = Path.GetDirectoryName(modules)!;
        foreach (var (folder, file) in new[] { (root, "Directory.Packages.props"), (modules, "Directory.Build.props"), (modules, "Directory.Build.targets") })
            await File.WriteAllTextAsync(Path.Combine(folder, file), $"""<Project><Import Project="{Path.Combine(Root, Path.GetRelativePath(root, folder), file)}" /></Project>""");
        File.Copy(Path.Combine(Root, ".editorconfig"), Path.Combine(root, ".editorconfig"));
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        // The lock file comes with the first restore; the projects referenced are built already.
        await RunAsync(module, null, "build", "-c", configuration, "-v", "q", "-nologo", "-p:RestoreLockedMode=false", "-p:BuildProjectReferences=false");
        return Path.Combine(module, "bin", configuration, "net10.0");
    }

    private static Task<string> MakeTrialsAsync() => MakeAsync("Crm.TemplateTrials", "--entity", "Trial");

    // The template goes into a home of its own, so that no developer's templates change.
    private static async Task RunAsync(string folder, string? home, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        if (home is not null)
            start.Environment["DOTNET_CLI_HOME"] = Directory.CreateDirectory(home).FullName;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} ended with {process.ExitCode}: {await output}{await errors}");
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (UnauthorizedAccessException)
        {
            // Windows keeps loaded assemblies; the system's own clean-up takes the folder.
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "CrmServer.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
