using System.Net;
using System.Security.Cryptography;
using Crm.Abstractions.Modules;
using Crm.Kernel.Modules;
using Crm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Modules;

/// <summary>Plugins in a folder: the good one works, the bad ones are named, everything else runs.</summary>
public sealed class PluginTests(PluginTests.Host host) : IClassFixture<PluginTests.Host>
{
    private ModuleCatalog Catalog => host.Services.GetRequiredService<ModuleCatalog>();

    [Fact]
    public async Task A_plugin_serves_its_page_its_endpoint_and_its_files()
    {
        using var admin = await host.ApiAsync(await new People(host).AdministratorAsync());
        using var browser = await Browser.SignedInAsync(host, "admin");
        Assert.Contains("The sample says hello, on a page", await browser.ReadAsync("/sampleplugin"), StringComparison.Ordinal);
        Assert.Equal("The sample says hello", await admin.GetStringAsync(new Uri("/api/v1/sampleplugin/greeting", UriKind.Relative)));
        using var anybody = host.Anonymous();
        Assert.Contains("from a file", await anybody.GetStringAsync(new Uri("/_content/Crm.SamplePlugin/sample.txt", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await anybody.GetAsync(new Uri("/sampleplugin", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public void A_plugin_lives_in_a_load_context_of_its_own_and_shares_the_abstractions()
    {
        var plugin = Catalog.Modules.Single(m => m.Id == "Crm.SamplePlugin");
        Assert.True(plugin.IsPlugin);
        Assert.NotSame(System.Runtime.Loader.AssemblyLoadContext.Default, System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(plugin.Assembly));
        Assert.True(plugin.Assembly.GetType("Crm.SamplePlugin.Startup")!.IsSubclassOf(typeof(StartupBase)));
    }

    [Theory]
    [InlineData("Crm.Damaged", "damaged")]
    [InlineData("Crm.Empty", "There is no Crm.Empty.dll")]
    [InlineData("Crm.Tomorrow", "needs kernel 99 or newer")]
    [InlineData("Crm.Yesterday", "made for kernels below 0.1")]
    [InlineData("Crm.Unclear", "not both versions")]
    [InlineData("Crm.Throwing", "The licence has run out.")]
    [InlineData("Crm.ThrowingLate", "The licence has run out.")]
    [InlineData("Crm.Lacking", "needs Crm.Nowhere, which is not installed")]
    [InlineData("Crm.Leaning", "needs Crm.Throwing, which does not run")]
    [InlineData("Crm.Contacts", "is installed already")]
    public void What_does_not_run_is_named_with_the_reason(string id, string reason)
    {
        Assert.Contains(reason, Catalog.FailedModules.Single(f => f.Id == id).Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(Catalog.Modules, m => m.Id == id && m.IsPlugin);
        Assert.False(Catalog.Features.ContainsKey(id) && id != "Crm.Contacts");
    }

    [Fact]
    public async Task Everything_else_runs()
    {
        await new People(host).AdministratorAsync();
        using var browser = await Browser.SignedInAsync(host, "admin");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/contacts/people")).StatusCode);
    }

    [Fact]
    public void A_built_in_module_that_lacks_another_stops_the_start()
    {
        var orphan = Catalog.Modules.First(m => m.Id == "Crm.Contacts") with { Manifest = new ModuleAttribute { Name = "Orphan", Description = "Needs what isn't there.", Dependencies = ["Crm.Nowhere"] } };
        Assert.Contains("Crm.Contacts", Assert.Throws<InvalidOperationException>(() => new ModuleOrder().AddAll([orphan])).Message, StringComparison.Ordinal);
    }

    /// <summary>A server with one good plugin among bad ones.</summary>
    public sealed class Host : SqliteHost, IDisposable
    {
        private readonly PluginFolder _plugins = new();

        public Host()
        {
            _plugins.Sample("Crm.SamplePlugin");
            _plugins.Bytes("Crm.Damaged", RandomNumberGenerator.GetBytes(4_096));
            Directory.CreateDirectory(Path.Combine(_plugins.Path, "Crm.Empty"));
            _plugins.Throwing("Crm.Tomorrow", ("KernelFrom", "99"));
            _plugins.Throwing("Crm.Yesterday", ("KernelBelow", "0.1"));
            _plugins.Throwing("Crm.Unclear", ("KernelFrom", "soon"));
            _plugins.Throwing("Crm.Throwing");
            _plugins.ThrowingLate("Crm.ThrowingLate");
            _plugins.Throwing("Crm.Lacking", ("Dependencies", new[] { "Crm.Nowhere" }));
            _plugins.Throwing("Crm.Leaning", ("Dependencies", new[] { "Crm.Throwing" }));
            _plugins.Throwing("Crm.Contacts");
        }

        /// <inheritdoc/>
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["Plugins:Directory"] = _plugins.Path };

        /// <inheritdoc/>
        public void Dispose() => _plugins.Dispose();
    }
}
