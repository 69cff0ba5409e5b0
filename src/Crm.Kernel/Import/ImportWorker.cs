using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Kernel.Import;

/// <summary>Runs imports that were begun on a page, one at a time, with the rights of who began them.</summary>
internal sealed partial class ImportWorker(ImportQueue queue, ImportFiles files, IServiceScopeFactory scopes, RecordTypes types, ILogger<ImportWorker> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await GoOnAsync(stoppingToken);
            await foreach (var job in queue.TakeAsync(stoppingToken))
                await RunAsync(job, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What runs is marked as stopped, and can go on.
        }
    }

    // An import that ran when this server was ended goes on by itself, after the last row that is in.
    private async Task GoOnAsync(CancellationToken ct)
    {
        try
        {
            var begun = (await files.AllAsync(ct)).Where(d => d.ImportId is not null && files.Has(d.Id)).ToDictionary(d => d.ImportId!.Value);
            if (begun.Count == 0)
                return;
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<KernelDb>();
            var ids = begun.Keys.ToList();
            var ended = await db.Set<Import>().Where(i => i.Progress == ImportProgress.Running && ids.Contains(i.Id)).ToListAsync(ct);
            foreach (var import in ended)
                import.Progress = ImportProgress.Stopped;
            await db.SaveChangesAsync(ct);
            foreach (var import in ended)
                queue.Add(new ImportJob(begun[import.Id].Id, ImportTask.Run, begun[import.Id].UserId));
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogFailed(failure);
        }
    }

    private async Task RunAsync(ImportJob job, CancellationToken stopping)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stopping, job.Stopping);
        job.Stage = JobStage.Running;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var actor = scope.ServiceProvider.GetRequiredService<Actor>();
            (actor.UserId, actor.Door) = (job.UserId, "import");
            var rights = await scope.ServiceProvider.GetRequiredService<KernelDb>().RightsAsync(ends.Token);
            if (!rights.May(CorePermissions.ImportRecords.Name))
                throw new ImportRefused("You are not allowed to import.");
            await ImportAsync(scope.ServiceProvider, job, ends.Token);
            job.Stage = JobStage.Done;
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            job.Stage = JobStage.Stopped;
        }
        catch (Exception failure) when (failure is ImportRefused or RuleViolation or FileNotFoundException)
        {
            (job.Failure, job.Stage) = (failure is FileNotFoundException ? "The file is gone: choose it again." : failure.Message, JobStage.Failed);
        }
        catch (Exception failure)
        {
            LogFailed(failure);
            (job.Failure, job.Stage) = ("The server failed; its log says why. What is in stays in.", JobStage.Failed);
        }
    }

    private async Task ImportAsync(IServiceProvider scope, ImportJob job, CancellationToken ct)
    {
        var draft = await files.ReadAsync(job.Id, ct) ?? throw new ImportRefused("The file is gone: choose it again.");
        var type = types.Find(draft.Kind) ?? throw new ImportRefused("Its records are not here any more.");
        var isDry = job.Task == ImportTask.Check;
        var before = isDry || draft.ImportId is null ? null : await scope.GetRequiredService<KernelDb>().Set<Import>().AsNoTracking().FirstOrDefaultAsync(i => i.Id == draft.ImportId, ct);
        if (before is { Progress: not ImportProgress.Stopped })
            throw new ImportRefused("This file is imported already.");
        await using var file = files.Open(job.Id);
        var (plan, stream) = await scope.GetRequiredService<PlanImport>().RunAsync(type, file, draft.Map(isOpen: false), draft.Match, ct);
        await using var report = new ImportReport(files.AppendReport(job.Id, isNew: before is null));
        if (before is null)
            await report.BeginAsync(plan, ct);
        var options = new ImportOptions(draft.FileName, draft.OwnerId, isDry, before?.Id, before?.LastLine ?? 0)
        {
            Began = id =>
            {
                draft.ImportId = id;
                return files.WriteAsync(draft, CancellationToken.None);
            },
        };
        job.Result = await scope.GetRequiredService<ImportRun>().RunAsync(
            plan, stream, options,
            async bad =>
            {
                job.Note(bad);
                await report.AddAsync(bad, ct);
            },
            done =>
            {
                job.Percent = (int)(file.Position * 100 / Math.Max(file.Length, 1));
                return Told(job, done);
            },
            ct);
        if (!isDry)
            files.Remove(job.Id);
    }

    private static Task Told(ImportJob job, long done)
    {
        job.Rows = done;
        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Error, "An import failed.")]
    private partial void LogFailed(Exception failure);
}
