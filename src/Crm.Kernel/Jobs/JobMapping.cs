using Crm.Abstractions.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Jobs;

/// <summary>The tables of the jobs' history. Schedules are in the code, and what is due is in the modules' own rows.</summary>
internal sealed class JobMapping : Mapping
{
    public static void Schema(SchemaChange change)
    {
        change.Table("core_job", t =>
        {
            t.Text("name");
            t.Instant("known_since");
            t.Instant("paused_at", nullable: true);
            t.Instant("succeeded_at", nullable: true);
            t.Small("failures");
            t.Instant("alarmed_at", nullable: true);
            t.PrimaryKey("name");
        });
        change.Table("core_job_run", t =>
        {
            t.Key();
            t.Text("job");
            t.Instant("started_at");
            t.Instant("ended_at", nullable: true);
            t.Small("outcome");
            t.Small("cause");
            t.Text("node");
            t.Text("result");
        });
        change.Index("core_job_run", ["job", "id"]);
    }

    public override void Map(ModelBuilder model)
    {
        model.Entity<JobState>(e => e.ToTable("core_job").HasKey(j => j.Name));
        model.Entity<JobRun>(e =>
        {
            e.ToTable("core_job_run").HasKey(r => r.Id);
            e.Property(r => r.Id).ValueGeneratedNever();
            e.HasIndex(r => new { r.Job, r.Id });
        });
    }
}
