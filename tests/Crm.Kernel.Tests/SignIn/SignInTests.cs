using System.Net;
using System.Text.RegularExpressions;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Security;
using Crm.Kernel.SignIn;
using Crm.Kernel.Users;
using Crm.Testing;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.SignIn;

/// <summary>Signing in, over HTTP.</summary>
public abstract partial class SignInTests(CrmHost host)
{
    private readonly People _people = new(host);

    [Fact]
    public async Task Wrong_and_unknown_are_answered_alike_and_the_right_password_opens()
    {
        await _people.UserAsync("erik", ReadyRoles.Sales);
        using var browser = new Browser(host);
        using var wrong = await browser.SignInAsync("erik@example.org", "not his password");
        using var unknown = await browser.SignInAsync("nobody@example.org", "not his password");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Equal(Errors(await wrong.Content.ReadAsStringAsync()), Errors(await unknown.Content.ReadAsStringAsync()));
        using var right = await browser.SignInAsync("ERIK@example.org", People.Password);
        Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
        Assert.Contains("erik@example.org", await browser.ReadAsync("/profile"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_tries_at_once_still_close_the_account()
    {
        var id = await _people.UserAsync("frida", ReadyRoles.Sales);
        using var browser = new Browser(host);
        // One cookie for all forms.
        await browser.ReadAsync("/login");
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => browser.SignInAsync("frida@example.org", "guess after guess")));
        using var right = await browser.SignInAsync("frida@example.org", People.Password);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, right.StatusCode);
        await host.InAsync(async db => Assert.NotNull((await db.Set<User>().FirstAsync(u => u.Id == id)).LockedUntil));
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        using var browser = await Browser.SignedInAsync(host, await NewAsync("gustav"));
        foreach (var url in new[] { "/login", "/logout", "/profile", "/profile/theme", "/profile/tokens", "/profile/second-factor?handler=Start" })
        {
            using var answer = await browser.SendAsync(url, new() { ["Input.Name"] = "x" });
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    [Fact]
    public async Task The_way_back_leads_nowhere_else()
    {
        await _people.UserAsync("hanna", ReadyRoles.Sales);
        using var browser = new Browser(host);
        using var answer = await browser.PostAsync("/login?returnUrl=//evil.example", new()
        {
            ["Input.Email"] = "hanna@example.org", ["Input.Password"] = People.Password, ["returnUrl"] = "//evil.example",
        });
        Assert.Equal("/", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_new_password_ends_the_other_sessions_and_keeps_this_one()
    {
        var name = await NewAsync("ida");
        using var here = await Browser.SignedInAsync(host, name);
        using var elsewhere = await Browser.SignedInAsync(host, name);
        using var changed = await here.PostAsync(
            "/profile?handler=Password", new() { ["Input.Present"] = People.Password, ["Input.Password"] = "another fine sentence" }, "/profile");
        Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/profile")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.GetAsync("/profile")).StatusCode);
    }

    [Fact]
    public async Task With_a_second_factor_the_password_alone_opens_nothing_and_a_code_opens_once()
    {
        var name = await NewAsync("jonas");
        using var desk = await Browser.SignedInAsync(host, name);
        using var begun = await desk.PostAsync("/profile/second-factor?handler=Start", new() { ["Input.Present"] = People.Password }, "/profile/second-factor");
        var page = await begun.Content.ReadAsStringAsync();
        var key = KeyShown().Match(page).Groups["key"].Value.Replace(" ", "", StringComparison.Ordinal);
        var first = Totp.Of(key, TimeProvider.System.GetUtcNow());
        using var on = await desk.PostAsync("/profile/second-factor?handler=Confirm", new() { ["Input.Code"] = first }, "/profile/second-factor");
        var recovery = RecoveryCode().Matches(await on.Content.ReadAsStringAsync()).Select(m => m.Value).ToList();
        Assert.Equal(10, recovery.Count);
        await host.InAsync(async db =>
        {
            var user = await db.Set<User>().FirstAsync(u => u.Name == name);
            Assert.DoesNotContain(key, user.AuthenticatorKey, StringComparison.Ordinal);
            Assert.DoesNotContain(recovery[0], user.RecoveryCodes, StringComparison.Ordinal);
        });

        using var phone = new Browser(host);
        using var half = await phone.SignInAsync($"{name}@example.org", People.Password);
        Assert.StartsWith("/login/second-factor", half.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await phone.GetAsync("/profile")).StatusCode);
        using var replayed = await phone.PostAsync("/login/second-factor", new() { ["Code"] = first });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, replayed.StatusCode);
        using var saved = await phone.PostAsync("/login/second-factor", new() { ["Code"] = recovery[0] });
        Assert.Equal("/", saved.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.OK, (await phone.GetAsync("/profile")).StatusCode);

        using var third = new Browser(host);
        await third.SignInAsync($"{name}@example.org", People.Password);
        using var used = await third.PostAsync("/login/second-factor", new() { ["Code"] = recovery[0] });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, used.StatusCode);
    }

    [Fact]
    public async Task Of_two_who_bring_one_code_at_the_same_moment_one_gets_in()
    {
        var id = await _people.UserAsync("katrin", ReadyRoles.Sales);
        var codes = new List<string>();
        await InAsync(id, async (users, user, _) => codes.AddRange((await users.GenerateNewTwoFactorRecoveryCodesAsync(user, 2))!));
        await using var first = host.Services.CreateAsyncScope();
        await using var second = host.Services.CreateAsyncScope();
        var outcomes = new List<bool>();
        foreach (var code in new[] { "recovery", "123456" })
        {
            // Both have read before either saves.
            var (one, other) = (await UserAsync(first, id), await UserAsync(second, id));
            foreach (var (users, user, used) in new[] { one, other })
                outcomes.Add(code == "recovery" ? (await users.RedeemTwoFactorRecoveryCodeAsync(user, codes[0])).Succeeded : await used.TryUseAsync(user, code));
        }

        Assert.Equal([true, false, true, false], outcomes);
        await InAsync(id, async (_, user, used) => Assert.False(await used.TryUseAsync(user, "123456")));
        await InAsync(id, async (_, user, used) => Assert.True(await used.TryUseAsync(user, "654321")));
    }

    private static async Task<(UserManager<User> Users, User User, UsedCodes Used)> UserAsync(AsyncServiceScope scope, Guid id)
    {
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        scope.ServiceProvider.GetRequiredService<KernelDb>().ChangeTracker.Clear();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        return (users, (await users.FindByIdAsync(id.ToString()))!, scope.ServiceProvider.GetRequiredService<UsedCodes>());
    }

    private async Task InAsync(Guid id, Func<UserManager<User>, User, UsedCodes, Task> work)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var (users, user, used) = await UserAsync(scope, id);
        await work(users, user, used);
    }

    private async Task<string> NewAsync(string name)
    {
        await _people.UserAsync(name, ReadyRoles.Sales);
        return name;
    }

    private static string Errors(string page) => Summary().Match(page).Value;

    [GeneratedRegex("notice-danger.*?</ul>|notice-danger.*?</div>", RegexOptions.Singleline, 1000)]
    private static partial Regex Summary();

    [GeneratedRegex("id=\"key\">(?<key>[^<]+)<", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex KeyShown();

    [GeneratedRegex("\\b[A-Z0-9]{5}-[A-Z0-9]{5}\\b", RegexOptions.None, 1000)]
    private static partial Regex RecoveryCode();
}

/// <summary>On SQLite.</summary>
public sealed class SignInOnSqlite(SqliteHost host) : SignInTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class SignInOnPostgres(PostgresHost host) : SignInTests(host), IClassFixture<PostgresHost>;
