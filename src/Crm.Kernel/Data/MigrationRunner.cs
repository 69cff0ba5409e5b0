using System.Globalization;
using Crm.Abstractions.Data;
using Crm.Kernel.Modules;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;

namespace Crm.Kernel.Data;

/// <summary>A step that is to be applied, or was.</summary>
internal sealed record PendingStep(string Module, string Name, MigrationStep Step);

/// <summary>Applies every module's steps in one transaction, in the modules' order; a step that fails rolls all back and stops the start.</summary>
internal sealed class MigrationRunner(IDbContextFactory<KernelDb> databases, IEnumerable<DataMigration> migrations, WriterGate gate, TimeProvider clock)
{
    private const string Ledger = "CREATE TABLE IF NOT EXISTS core_migration (module TEXT NOT NULL, step TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (module, step))";

    public async Task<IReadOnlyList<PendingStep>> PendingAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.Database.ExecuteSqlRawAsync(Ledger, ct);
        var applied = await AppliedAsync(db, ct);
        return All().Where(s => !applied.Contains((s.Module, s.Name))).ToList();
    }

    public async Task<IReadOnlyList<PendingStep>> ApplyAsync(CancellationToken ct)
    {
        using var pass = await gate.EnterAsync(ct);
        var planned = await PendingAsync(ct);
        if (planned.Count == 0)
            return planned;
        await using var db = await databases.CreateDbContextAsync(ct);
        // A step may write a large table anew.
        db.Database.SetCommandTimeout(TimeSpan.FromHours(6));
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!db.IsSqlite)
            await db.Database.ExecuteSqlRawAsync("SELECT pg_advisory_xact_lock(4715)", ct);
        // Another node may have been here while the lock was waited for.
        var applied = await AppliedAsync(db, ct);
        var pending = planned.Where(s => !applied.Contains((s.Module, s.Name))).ToList();
        foreach (var step in pending)
            await ApplyAsync(db, step, ct);
        await transaction.CommitAsync(ct);
        return pending;
    }

    /// <summary>Every step of every installed module, in the order in which they are applied.</summary>
    public IReadOnlyList<PendingStep> All() =>
        migrations.SelectMany(m => m.Steps.Select(s => new PendingStep(m.GetType().Assembly.GetName().Name!, s.Name, s))).ToList();

    /// <summary>Applies steps inside the transaction that is open, to a database that has none: a restore begins with the schema that its backup had.</summary>
    public async Task ApplyAsync(KernelDb db, IEnumerable<PendingStep> steps, CancellationToken ct)
    {
        await db.Database.ExecuteSqlRawAsync(Ledger, ct);
        foreach (var step in steps)
            await ApplyAsync(db, step, ct);
    }

    private static async Task<HashSet<(string, string)>> AppliedAsync(KernelDb db, CancellationToken ct)
    {
        var rows = await db.Database.SqlQueryRaw<string>("SELECT module || '/' || step AS \"Value\" FROM core_migration").ToListAsync(ct);
        return rows.Select(r => r.Split('/', 2)).Select(p => (p[0], p[1])).ToHashSet();
    }

    private async Task ApplyAsync(KernelDb db, PendingStep pending, CancellationToken ct)
    {
        try
        {
            var builder = new MigrationBuilder(db.Database.ProviderName);
            pending.Step.Apply(new SchemaChange(builder, db.IsSqlite));
            var model = db.GetService<IDesignTimeModel>().Model;
            var connection = db.GetService<IRelationalConnection>();
            foreach (var command in db.GetService<IMigrationsSqlGenerator>().Generate(builder.Operations, model))
                await command.ExecuteNonQueryAsync(connection, cancellationToken: ct);
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO core_migration (module, step, at) VALUES ({pending.Module}, {pending.Name}, {clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture)})", ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new InvalidOperationException(
                $"The database could not be brought up to date: step '{pending.Name}' of {pending.Module} failed ({failure.Message}). Nothing was changed; start the earlier version, or mend the cause and start again.",
                failure);
        }
    }
}
