using System.Net;
using Crm.Abstractions.Modules;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Hosting;
using Crm.Kernel.Modules;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Crm.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Crm.Kernel.Tests.Modules;

/// <summary>Every installed module keeps the house rules, without being put on a list; and each rule can be broken.</summary>
public sealed class HouseRulesTests(SqliteHost host) : IClassFixture<SqliteHost>
{
    private ModuleCatalog Catalog => host.Services.GetRequiredService<ModuleCatalog>();

    private IReadOnlyList<RecordType> Types => host.Services.GetRequiredService<RecordTypes>().All;

    private HashSet<string> Permissions => host.Services.GetRequiredService<PermissionCatalog>().All.Select(p => p.Name).ToHashSet();

    [Fact]
    public async Task Every_endpoint_names_a_permission_or_wants_a_sign_in_or_is_on_the_short_list()
    {
        Obeys(HouseRules.Permitted(await EndpointsAsync()));
        Assert.NotNull(host.Services.GetRequiredService<IOptions<AuthorizationOptions>>().Value.FallbackPolicy);
    }

    [Fact]
    public void An_open_endpoint_and_one_with_a_policy_of_its_own_are_named()
    {
        Assert.Empty(HouseRules.Permitted([Endpoint("/x/y"), Endpoint("/login", new AllowAnonymousAttribute()), Endpoint("/x/z", new PermissionAttribute("ViewNotes"))]));
        Assert.Single(HouseRules.Permitted([Endpoint("/x/y", new AllowAnonymousAttribute())]));
        Assert.Single(HouseRules.Permitted([Endpoint("/x/y", new AuthorizeAttribute("Special"))]));
    }

    [Fact]
    public async Task Every_permission_that_an_endpoint_asks_for_can_be_given() => Obeys(HouseRules.KnownPermissions(await EndpointsAsync(), Permissions));

    [Fact]
    public void A_permission_that_nobody_can_have_is_named() =>
        Assert.Single(HouseRules.KnownPermissions([Endpoint("/x", new PermissionAttribute("ViewNotes")), Endpoint("/y", new PermissionAttribute("ViewNotse"))], Permissions));

    [Fact]
    public async Task Every_endpoint_of_a_module_carries_its_stamp()
    {
        var endpoints = await EndpointsAsync();
        foreach (var module in Catalog.Modules.Where(m => Types.Any(t => t.GetType().Assembly == m.Assembly)))
            Assert.Contains(endpoints, e => e.Module == module.Id);
        Obeys(HouseRules.Stamped(endpoints, Catalog));
    }

    [Fact]
    public void An_endpoint_without_its_modules_stamp_is_named()
    {
        var method = Types.First(t => t.Name == "note").GetType().GetMethods()[0];
        Assert.Empty(HouseRules.Stamped([Endpoint("/notes/x", method, new ModuleStamp(["Crm.Notes"]))], Catalog));
        Assert.Single(HouseRules.Stamped([Endpoint("/notes/x", method)], Catalog));
        Assert.Single(HouseRules.Stamped([Endpoint("/notes/x", method, new ModuleStamp(["Crm.Contacts"]))], Catalog));
        Assert.Single(HouseRules.Stamped([Endpoint("/api/v1/notes/{id}/x")], Catalog));
    }

    [Fact]
    public async Task Every_form_asks_for_its_token() => Obeys(HouseRules.Guarded(await EndpointsAsync()));

    [Fact]
    public async Task A_form_that_asks_for_no_token_is_named()
    {
        Assert.Contains(await EndpointsAsync(), e => e is { TakesForms: true, ChecksAntiforgery: true, Module: not null });
        Assert.Single(HouseRules.Guarded([Endpoint("/x", new HttpMethodMetadata(["POST"]))]));
        Assert.Empty(HouseRules.Guarded([Endpoint("/x", new HttpMethodMetadata(["GET"])), Endpoint("/api/v1/x", new HttpMethodMetadata(["POST"]))]));
    }

    [Fact]
    public void Every_record_type_says_what_it_is() => Obeys(HouseRules.Described(Types, Permissions));

    [Fact]
    public void A_record_type_that_leaves_something_out_or_takes_anothers_name_is_named()
    {
        var bare = HouseRules.Described([new Bare("")], Permissions).ToList();
        Assert.Contains(bare, v => v.Contains("has no label", StringComparison.Ordinal));
        Assert.Contains(bare, v => v.Contains("permission", StringComparison.Ordinal));
        Assert.Contains(HouseRules.Described([.. Types, new Bare("note")], Permissions), v => v.Contains("same name 'note'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_record_type_answers_by_page_and_by_API()
    {
        using var admin = await host.ApiAsync(await new People(host).AdministratorAsync());
        using var browser = await Browser.SignedInAsync(host, "admin");
        Obeys(await SilentAsync(browser.GetAsync, Types.Where(t => t.HasPages).Select(t => t.ListUrl)));
        Obeys(await SilentAsync(url => admin.GetAsync(new Uri(url, UriKind.Relative)), Types.Select(t => $"/api/v1/{t.Plural}")));
    }

    [Fact]
    public async Task A_door_that_does_not_answer_is_named()
    {
        using var admin = await host.ApiAsync(await new People(host).AdministratorAsync());
        Assert.Single(await SilentAsync(url => admin.GetAsync(new Uri(url, UriKind.Relative)), ["/api/v1/nothing"]));
        using var browser = await Browser.SignedInAsync(host, "admin");
        Assert.Single(await SilentAsync(browser.GetAsync, ["/notes/nothing"]));
    }

    [Fact]
    public void Every_contribution_carries_its_modules_stamp() => Obeys(HouseRules.Owned(host.Services.GetServices<Contribution>(), Catalog));

    [Fact]
    public void A_contribution_without_its_modules_stamp_is_named()
    {
        var note = Types.First(t => t.Name == "note").GetType();
        Assert.Single(HouseRules.Owned([new Contribution(typeof(RecordType), note)], Catalog));
        Assert.Single(HouseRules.Owned([new Contribution(typeof(RecordType), note) { Features = ["Crm.Contacts"] }], Catalog));
    }

    [Fact]
    public async Task Every_table_carries_its_modules_word() => Obeys(await ModelAsync(m => HouseRules.Named(HouseRules.Entities(m))));

    [Fact]
    public async Task A_table_without_its_modules_word_is_named() =>
        Assert.NotEmpty(await ModelAsync(m => HouseRules.Named(HouseRules.Entities(m).Select(e => ("Crm.Elsewhere", e.Entity)))));

    [Fact]
    public async Task Every_pointer_to_a_record_is_a_foreign_key() => Obeys(await ModelAsync(m => HouseRules.Pointing(HouseRules.Entities(m))));

    [Fact]
    public void A_pointer_without_a_foreign_key_is_named()
    {
        var model = new ModelBuilder(new Microsoft.EntityFrameworkCore.Metadata.Conventions.ConventionSet());
        model.Entity<Loose>(e => e.Property(l => l.AboutId));
        Assert.Single(HouseRules.Pointing([("Crm.Loose", (IEntityType)model.Model.FindEntityType(typeof(Loose))!)]));
    }

    private static void Obeys(IEnumerable<string> violations)
    {
        var found = violations.ToList();
        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found));
    }

    private static async Task<List<string>> SilentAsync(Func<string, Task<HttpResponseMessage>> get, IEnumerable<string> urls)
    {
        var silent = new List<string>();
        foreach (var url in urls)
        {
            using var answer = await get(url);
            if (answer.StatusCode != HttpStatusCode.OK)
                silent.Add($"{url}: {(int)answer.StatusCode}");
        }

        return silent;
    }

    private Task<IReadOnlyList<ServedEndpoint>> EndpointsAsync() => ServedEndpoint.AllAsync(host.Services);

    private ServedEndpoint Endpoint(string route, params object[] metadata) => ServedEndpoint.Of(route, new EndpointMetadataCollection(metadata), Types);

    private async Task<List<string>> ModelAsync(Func<IModel, IEnumerable<string>> rule)
    {
        List<string> found = [];
        await host.InAsync(db =>
        {
            Assert.NotEmpty(HouseRules.Entities(db.Model));
            found = [.. rule(db.Model)];
            return Task.CompletedTask;
        });
        return found;
    }

    /// <summary>A record type that says as little as it can.</summary>
    private sealed class Bare(string name) : RecordType<Bare.Nothing>
    {
        public override Nothing Create(Guid? about) => new();

        protected override void Describe(RecordDescription<Nothing> it) => it.Named(name, "", "").Shown("", "", "");

        protected override string Title(Nothing record) => "";

        /// <summary>A record with nothing in it.</summary>
        internal sealed class Nothing : IRecord
        {
            public Guid Id { get; } = Guid.CreateVersion7();

            public Spine Spine => new(Id, "nothing");
        }
    }

    /// <summary>An entity whose pointer leads nowhere.</summary>
    private sealed class Loose
    {
        public Guid Id { get; set; }

        public Guid AboutId { get; set; }
    }
}
