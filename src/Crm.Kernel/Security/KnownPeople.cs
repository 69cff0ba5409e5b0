using System.Collections.Concurrent;
using Crm.Abstractions.Security;
using Crm.Kernel.Bulk;
using Crm.Kernel.Data;
using Crm.Kernel.SignIn;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Security;

/// <summary>What was read of people and their rights, for as long as nobody changes any of it: asked once a request, so that a change takes effect at the next one, on every node.</summary>
internal sealed class KnownPeople(DatabaseOptions options, RightsReader reader, IDbContextFactory<KernelDb> databases)
{
    private volatile Known _now = new(long.MinValue);

    /// <summary>What is known as of now. The version is read before anything that is kept under it: what is kept may be newer than it, never older.</summary>
    public async Task<Known> NowAsync(CancellationToken ct)
    {
        var version = await RightsVersion.ReadAsync(options, ct);
        var now = _now;
        return now.Version == version ? now : _now = new Known(version);
    }

    /// <summary>Somebody who may sign in, or null.</summary>
    public async ValueTask<Person?> PersonAsync(Known known, Guid id, CancellationToken ct)
    {
        if (known.People.TryGetValue(id, out var person))
            return person;
        await using var db = await databases.CreateDbContextAsync(ct);
        person = await db.Set<User>().AsNoTracking().Where(u => u.Id == id && u.DisabledAt == null)
            .Select(u => new Person(u.Id, u.Name, u.Email, u.SecurityStamp, u.Language, u.TimeZone, u.Theme)).FirstOrDefaultAsync(ct);
        // Only who is there is kept: a stranger can't fill the memory.
        return person is null ? null : known.People[id] = person;
    }

    public async ValueTask<Rights> RightsAsync(Known known, Guid id, Func<string, bool>? leaves, CancellationToken ct)
    {
        if (known.Rights.TryGetValue((id, leaves), out var rights))
            return rights;
        rights = await reader.ReadAsync(id, leaves, ct);
        return rights.UserId is null ? rights : known.Rights[(id, leaves)] = rights;
    }

    /// <summary>The roles of a user, by name.</summary>
    public async ValueTask<IReadOnlyList<HeldRole>> RolesAsync(Known known, Guid id, CancellationToken ct)
    {
        if (known.Roles.TryGetValue(id, out var roles))
            return roles;
        await using var db = await databases.CreateDbContextAsync(ct);
        return known.Roles[id] = await (
            from mine in db.Set<UserRole>().AsNoTracking()
            join role in db.Set<Role>().AsNoTracking() on mine.RoleId equals role.Id
            where mine.UserId == id
            orderby role.Name
            select new HeldRole(role.Id, role.Name)).ToListAsync(ct);
    }

    /// <summary>What users are called, whatever their state; who isn't there is missing.</summary>
    public async ValueTask<Dictionary<Guid, string>> NamesAsync(Known known, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var unread = ids.Where(id => !known.Names.ContainsKey(id)).ToList();
        if (unread.Count > 0)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            foreach (var user in await db.Set<User>().AsNoTracking().Where(u => unread.Contains(u.Id)).Select(u => new { u.Id, u.Name }).ToListAsync(ct))
                known.Names[user.Id] = user.Name;
        }

        // A form may name somebody twice.
        return ids.Distinct().Where(known.Names.ContainsKey).ToDictionary(id => id, id => known.Names[id]);
    }

    /// <summary>What the departments are called, all of them.</summary>
    public async ValueTask<IReadOnlyDictionary<Guid, string>> DepartmentsAsync(Known known, CancellationToken ct)
    {
        if (known.Departments is { } departments)
            return departments;
        await using var db = await databases.CreateDbContextAsync(ct);
        return known.Departments = await db.Set<Department>().AsNoTracking().Select(d => new { d.Id, d.Name }).ToDictionaryAsync(d => d.Id, d => d.Name, ct);
    }

    /// <summary>The hand-overs that run.</summary>
    public async ValueTask<IReadOnlyList<Heir>> HeirsAsync(Known known, CancellationToken ct)
    {
        if (known.Heirs is { } heirs)
            return heirs;
        await using var db = await databases.CreateDbContextAsync(ct);
        return known.Heirs = await Bulk.Heirs.AllAsync(db, ct);
    }

    /// <summary>The token of a hash, whatever its state, or null.</summary>
    public async ValueTask<ApiToken?> TokenAsync(Known known, byte[] hash, CancellationToken ct)
    {
        var key = Convert.ToHexString(hash);
        if (known.Tokens.TryGetValue(key, out var token))
            return token;
        await using var db = await databases.CreateDbContextAsync(ct);
        token = await db.Set<ApiToken>().AsNoTracking().FirstOrDefaultAsync(t => t.Hash == hash, ct);
        return token is null ? null : known.Tokens[key] = token;
    }
}

/// <summary>A role that somebody has.</summary>
internal sealed record HeldRole(Guid Id, string Name);

/// <summary>What was read under one version; it goes when the version does.</summary>
internal sealed record Known(long Version)
{
    public ConcurrentDictionary<Guid, Person> People { get; } = [];

    public ConcurrentDictionary<(Guid User, Func<string, bool>? Leaves), Rights> Rights { get; } = [];

    public ConcurrentDictionary<Guid, IReadOnlyList<HeldRole>> Roles { get; } = [];

    /// <summary>Who had something to see when he was asked about: no beginner, who is shown where to begin.</summary>
    public ConcurrentDictionary<Guid, bool> Seeing { get; } = [];

    public ConcurrentDictionary<Guid, string> Names { get; } = [];

    public ConcurrentDictionary<string, ApiToken> Tokens { get; } = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<Guid, string>? Departments { get; set; }

    public IReadOnlyList<Heir>? Heirs { get; set; }
}

/// <summary>What is known in this scope: whether it still holds is asked once.</summary>
internal sealed class KnownHere(KnownPeople people)
{
    private Known? _known;

    public async ValueTask<Person?> PersonAsync(Guid id, CancellationToken ct) => await people.PersonAsync(await NowAsync(ct), id, ct);

    public async ValueTask<Rights> RightsAsync(Guid id, Func<string, bool>? leaves, CancellationToken ct) => await people.RightsAsync(await NowAsync(ct), id, leaves, ct);

    public async ValueTask<ApiToken?> TokenAsync(byte[] hash, CancellationToken ct) => await people.TokenAsync(await NowAsync(ct), hash, ct);

    public async ValueTask<Dictionary<Guid, string>> NamesAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        ids.Count == 0 ? [] : await people.NamesAsync(await NowAsync(ct), ids, ct);

    public async ValueTask<IReadOnlyDictionary<Guid, string>> DepartmentsAsync(CancellationToken ct) => await people.DepartmentsAsync(await NowAsync(ct), ct);

    public async ValueTask<IReadOnlyList<Heir>> HeirsAsync(CancellationToken ct) => await people.HeirsAsync(await NowAsync(ct), ct);

    public async ValueTask<IReadOnlyList<HeldRole>> RolesAsync(Guid id, CancellationToken ct) => await people.RolesAsync(await NowAsync(ct), id, ct);

    /// <summary>Says whether somebody sees anything at all; what is asked is asked until it is so, and not again.</summary>
    public async ValueTask<bool> SeesAsync(Guid id, Func<Task<bool>> asked, CancellationToken ct)
    {
        var now = await NowAsync(ct);
        if (!now.Seeing.ContainsKey(id) && !await asked())
            return false;
        now.Seeing[id] = true;
        return true;
    }

    /// <summary>Asks anew the next time.</summary>
    public void Forget() => _known = null;

    private async ValueTask<Known> NowAsync(CancellationToken ct) => _known ??= await people.NowAsync(ct);
}
