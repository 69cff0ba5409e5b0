using Crm.Kernel.Hosting;

namespace Crm.Host;

/// <summary>Puts the server together with its settings: the file beside the program, then the environment, then what was typed.</summary>
internal static class ServerProgram
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    public static WebApplication Build(IReadOnlyList<string> settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            ApplicationName = "crm",
        });
        Read(builder.Configuration, settings);
        // What a build puts together from many projects is served from where it lies; a published folder has it all.
        if (File.Exists(Path.Combine(AppContext.BaseDirectory, "crm.staticwebassets.runtime.json")))
            builder.WebHost.UseStaticWebAssets();
        if (string.IsNullOrEmpty(builder.Configuration["Urls"]))
            builder.Configuration["Urls"] = DefaultUrl;
        builder.AddCrm();
        return builder.Build();
    }

    /// <summary>The settings alone, for a command that only has to find the server.</summary>
    public static IConfiguration Settings(IReadOnlyList<string> settings)
    {
        var builder = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true);
        Read(builder, settings);
        return builder.Build();
    }

    private static void Read(IConfigurationBuilder configuration, IReadOnlyList<string> settings) =>
        configuration.AddEnvironmentVariables("CRM__").AddCommandLine([.. settings]);
}
