using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Modules;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Crm.Kernel.Settings;
using Crm.Kernel.Users;

namespace Crm.Kernel.Setup;

/// <summary>What the first set-up is told.</summary>
internal sealed record FirstSettings(string AdminEmail, string AdminPassword, string AdminName, Site Site);

/// <summary>The first set-up: the company's settings and its first administrator. Runs once; the page, the command and the settings file all come here.</summary>
internal sealed class SetUpSite(KernelDb db, AddUser addUser, SiteSettings settings, SortTitles titles, SetupState state, NodeSignal nodes, Actor actor, CurrentUser current)
{
    /// <exception cref="RuleViolation">Something given is wrong, or the server is set up already.</exception>
    public async Task<User> RunAsync(FirstSettings first, CancellationToken ct)
    {
        User? admin = null;
        // Nobody is there yet who could do it.
        (actor.IsSystem, actor.What) = (true, "Set up the server");
        current.Forget();
        try
        {
            await db.WriteAsync(
                async inner =>
                {
                    if (await Administrators.ExistAsync(db, inner))
                        throw new RuleViolation("", "This server is set up already.");
                    admin = await StageAsync(first, inner);
                },
                ct);
        }
        finally
        {
            actor.IsSystem = false;
            current.Forget();
        }

        await settings.ReloadAsync(ct);
        await titles.MarkEmptyAsync(ct);
        await nodes.TellAsync(ct);
        await state.IsDoneAsync(ct);
        return admin!;
    }

    private async Task<User> StageAsync(FirstSettings first, CancellationToken ct)
    {
        var errors = new Dictionary<string, string[]>();
        try
        {
            ChangeSite.Check(first.Site);
        }
        catch (RuleViolation wrong)
        {
            foreach (var (field, messages) in wrong.Errors)
                errors["site." + field] = messages;
        }

        var fields = new UserFields
        {
            Email = first.AdminEmail,
            Name = string.IsNullOrWhiteSpace(first.AdminName) ? first.AdminEmail.Split('@')[0] : first.AdminName,
            Roles = [ReadyRoles.Administrator],
        };
        try
        {
            var admin = await addUser.StageAsync(fields, first.AdminPassword, ct);
            if (errors.Count > 0)
                throw new RuleViolation(errors);
            await ChangeSite.StageAsync(db, first.Site, ct);
            return admin;
        }
        catch (RuleViolation wrong)
        {
            foreach (var (field, messages) in wrong.Errors)
                errors[field] = messages;
            throw new RuleViolation(errors);
        }
    }
}
