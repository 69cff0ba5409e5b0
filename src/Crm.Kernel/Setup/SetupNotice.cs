using Crm.Abstractions.Records;
using Crm.Kernel.Security;
using Crm.Kernel.Settings;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Kernel.Setup;

/// <summary>At the start of a server without administrator: sets it up from the configuration, else says on the console where to go and with which code.</summary>
internal sealed partial class SetupNotice(
    SetupState state, SetupCode code, IServiceScopeFactory scopes, IConfiguration configuration, IServiceProvider services, ILogger<SetupNotice> log)
    : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration["Setup:AdminEmail"] is not { Length: > 0 } email || await state.IsDoneAsync(cancellationToken))
            return;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().Door = "command";
        try
        {
            await scope.ServiceProvider.GetRequiredService<SetUpSite>().RunAsync(
                new FirstSettings(email, configuration["Setup:AdminPassword"] ?? "", "", services.GetRequiredService<SiteSettings>().Now), cancellationToken);
        }
        catch (RuleViolation wrong)
        {
            // The browser's set-up stays open, so that a wrong line in a file doesn't keep the server down.
            LogRefused(string.Join(' ', wrong.Errors.Select(e => $"{e.Key}: {string.Join(' ', e.Value)}")));
        }
    }

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (await state.IsDoneAsync(cancellationToken))
            return;
        var address = services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? configuration["Urls"] ?? "";
        LogWhere(address.TrimEnd('/'), code.Text);
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "Open {Address}/setup and enter code {Code}")]
    private partial void LogWhere(string address, string code);

    [LoggerMessage(LogLevel.Error, "Setup:AdminEmail and Setup:AdminPassword were not accepted. {Why}")]
    private partial void LogRefused(string why);
}
