using Crm.Abstractions.Modules;
using Crm.Kernel.Modules;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Razor.Hosting;
using Microsoft.Extensions.Configuration;

namespace Crm.Kernel.Tests.Modules;

/// <summary>The plain rules of plugins.</summary>
public sealed class PluginsTests
{
    [Theory]
    [InlineData(null, null, true)]
    [InlineData("1.2", "2", true)]
    [InlineData("1.2.0", null, true)]
    [InlineData("1.2.1", null, false)]
    [InlineData("2", null, false)]
    [InlineData(null, "1.2", false)]
    [InlineData(null, "1.2.1", true)]
    [InlineData("one", null, false)]
    [InlineData(null, "-1", false)]
    public void A_range_of_kernel_versions_holds_its_lower_end_and_not_its_upper(string? from, string? below, bool served)
    {
        var manifest = new ModuleAttribute { Name = "Any", Description = "Any.", KernelFrom = from, KernelBelow = below };
        Assert.Equal(served, KernelVersion.Refuse(manifest, new Version(1, 2, 0)) is null);
    }

    [Fact]
    public void Plugins_lie_beside_the_program_and_in_the_data_directory_unless_a_setting_says_where()
    {
        var data = Path.GetFullPath("somewhere");
        Assert.Equal([Path.Combine("/program", "plugins"), Path.Combine(data, "plugins")], Plugins.Folders(Settings(("Data:Directory", data)), "/program"));
        Assert.Equal([Path.GetFullPath("elsewhere")], Plugins.Folders(Settings(("Plugins:Directory", "elsewhere")), "/program"));
    }

    [Fact]
    public void A_page_at_the_same_path_in_two_assemblies_is_refused_with_both_names()
    {
        ViewPaths.Refuse([new Pages(typeof(PluginsTests), "/Pages/One.cshtml"), new Pages(typeof(Plugins), "/Pages/Two.cshtml")]);
        var refused = Assert.Throws<DuplicateViews>(() =>
            ViewPaths.Refuse([new Pages(typeof(PluginsTests), "/Pages/One.cshtml"), new Pages(typeof(Plugins), "/pages/one.cshtml")]));
        Assert.Contains("Crm.Kernel.Tests", refused.Message, StringComparison.Ordinal);
        Assert.Contains("/Pages/One.cshtml", refused.Message, StringComparison.Ordinal);
    }

    private static IConfiguration Settings(params IReadOnlyList<(string Key, string Value)> settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value)).Build();

    /// <summary>A part with one compiled page.</summary>
    private sealed class Pages(Type page, string path) : ApplicationPart, IRazorCompiledItemProvider
    {
        public override string Name => page.FullName!;

        public IEnumerable<RazorCompiledItem> CompiledItems => [new Item(page, path)];
    }

    /// <summary>A compiled page.</summary>
    private sealed class Item(Type page, string path) : RazorCompiledItem
    {
        public override string Identifier => path;

        public override string Kind => "mvc.1.0.razor-page";

        public override IReadOnlyList<object> Metadata => [];

        public override Type Type => page;
    }
}
