using Crm.Abstractions.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Appointments;

/// <summary>Columns of <c>activities_appointment</c> and of the rows that belong to one.</summary>
internal sealed class AppointmentMapping : Mapping
{
    public override void Map(ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Entity<Appointment>(it =>
        {
            it.Record("activities_appointment");
            it.Reference(a => a.AboutId).Reference(a => a.SeriesKey);
            it.Property(a => a.Subject).Personal();
            it.Property(a => a.Text).Personal();
            it.Property(a => a.Place).Personal();
            it.Ignore(a => a.ZoneInfo);
            it.HasMany(a => a.Colleagues).WithOne().HasForeignKey(c => c.RecordId).OnDelete(DeleteBehavior.Cascade);
            it.HasMany(a => a.Guests).WithOne().HasForeignKey(g => g.RecordId).OnDelete(DeleteBehavior.Cascade);
            it.HasMany(a => a.Skips).WithOne().HasForeignKey(s => s.RecordId).OnDelete(DeleteBehavior.Cascade);
            it.HasIndex(a => new { a.FirstStart, a.LastEnd });
            it.HasIndex(a => a.Uid);
        });
        model.Entity<AppointmentColleague>(it =>
        {
            it.ToTable("activities_appointment_colleague").Audited().HasKey(c => new { c.RecordId, c.UserId });
            it.HasIndex(c => c.UserId);
        });
        model.Entity<AppointmentSkip>(it =>
        {
            it.ToTable("activities_appointment_skip").Audited().HasKey(s => new { s.RecordId, s.Day, s.Time });
        });
        model.Entity<Guest>(it =>
        {
            it.ToTable("activities_appointment_guest").Audited().HasKey(g => g.Id);
            it.Property(g => g.Id).ValueGeneratedNever();
            it.Reference(g => g.PersonId);
            it.Property(g => g.Email).Personal();
            it.Property(g => g.Name).Personal();
        });
    }
}
