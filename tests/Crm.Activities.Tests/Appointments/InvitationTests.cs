using System.Net;
using System.Text;
using Crm.Activities.Appointments;
using Crm.Activities.Tests.Calendar;
using Crm.Activities.Tests.Mails;
using Crm.Calendar.Events;
using Crm.Calendar.Invitations;
using Crm.Kernel.Mail;
using Crm.Mail.Mime;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Tests.Appointments;

/// <summary>Invitations that go out, answers and calendars that come in.</summary>
public abstract class InvitationTests(CrmHost host)
{
    private readonly Team _team = new(host);

    [Fact]
    public async Task People_who_are_met_are_invited_told_of_changes_and_their_answers_noted()
    {
        var (_, name, api) = await _team.SalesAsync();
        var person = await Team.MadeAsync(api, "people", new { firstName = "Zane", lastName = "Kalniņa", emails = new[] { new { kind = "work", value = "zane@example.net" } } });
        var id = await Team.MadeAsync(api, "appointments", Planned("Tasting", [person]));
        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(api, "appointments", id, "invite"));
        var first = (await SentAsync(id)).Single();
        Assert.Equal((CalendarMethod.Request, 0, $"{name}@example.org"), (first.Method, first.Sequence, first.Organizer!.Email));
        Assert.Equal(new DateTime(2026, 3, 29, 9, 0, 0), first.Events[0].Start!.Local);

        // Her program answers; the file is taken in.
        using var browser = await Browser.SignedInAsync(host, name);
        var reply = Invitation.Reply("-//Other//EN", first.Events[0], CalendarPerson.WithEmail("zane@example.net"), Participation.Accepted, new DateTime(2026, 3, 1, 10, 0, 0, DateTimeKind.Utc));
        Assert.Contains("1 answers", await TakeAsync(browser, reply.ToString()), StringComparison.Ordinal);
        Assert.Contains("Comes", await browser.PieceAsync($"/activities/appointments/panel/{id}"), StringComparison.Ordinal);
        Assert.Contains("Zane Kalni", WebUtility.HtmlDecode(await browser.ReadAsync("/notifications")), StringComparison.Ordinal);
        // An older answer changes nothing.
        var older = Invitation.Reply("-//Other//EN", first.Events[0], CalendarPerson.WithEmail("zane@example.net"), Participation.Declined, new DateTime(2026, 2, 1, 10, 0, 0, DateTimeKind.Utc));
        Assert.Contains("A later answer is known", await TakeAsync(browser, older.ToString()), StringComparison.Ordinal);

        using var moved = await browser.DragAsync($"/activities/calendar/entry/{id}", new() { ["At"] = "2026-03-29T09:00:00", ["Input.Day"] = "2026-03-30" }, "/activities/calendar");
        Assert.Equal(HttpStatusCode.NoContent, moved.StatusCode);
        Assert.Contains("Changed since the invitation", await browser.PieceAsync($"/activities/appointments/panel/{id}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(api, "appointments", id, "invite"));
        // She agreed to another day.
        var late = Invitation.Reply("-//Other//EN", first.Events[0], CalendarPerson.WithEmail("zane@example.net"), Participation.Accepted, new DateTime(2026, 3, 5, 10, 0, 0, DateTimeKind.Utc));
        Assert.Contains("This answers an older invitation", await TakeAsync(browser, late.ToString()), StringComparison.Ordinal);
        Assert.Contains("No answer yet", await browser.PieceAsync($"/activities/appointments/panel/{id}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(api, "appointments", id, "cancel"));
        Assert.DoesNotContain("Changed since", await browser.PieceAsync($"/activities/appointments/panel/{id}"), StringComparison.Ordinal);
        Assert.Equal([(CalendarMethod.Request, 0), (CalendarMethod.Request, 1), (CalendarMethod.Cancel, 2)], (await SentAsync(id)).Select(m => (m.Method, m.Sequence)));
    }

    [Theory]
    [InlineData("One")]
    [InlineData("Following")]
    [InlineData("All")]
    public async Task Calling_a_part_off_tells_the_guests_once_and_takes_the_moved_ones_along(string reach)
    {
        var (_, name, api) = await _team.SalesAsync();
        var email = $"zane.{Guid.CreateVersion7():N}@example.net";
        var person = await Team.MadeAsync(api, "people", new { firstName = "Zane", lastName = "Kalniņa", emails = new[] { new { kind = "work", value = email } } });
        var id = await Team.MadeAsync(api, "appointments", new { subject = "Tasting", startOn = "2026-03-03", startTime = "09:00", endTime = "10:00", zone = Team.Riga, rule = "FREQ=DAILY;COUNT=5", with = new[] { person } });
        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(api, "appointments", id, "invite"));
        using var browser = await Browser.SignedInAsync(host, name);
        var reply = Invitation.Reply("-//Other//EN", (await SentAsync(id))[0].Events[0], CalendarPerson.WithEmail(email), Participation.Accepted, new DateTime(2026, 3, 1, 10, 0, 0, DateTimeKind.Utc));
        Assert.Contains("1 answers", await TakeAsync(browser, reply.ToString()), StringComparison.Ordinal);
        if (reach != "One")
        {
            using var moved = await browser.MoveAsync(id, "2026-03-05T09:00:00", new() { ["Input.Start"] = "2026-03-05T14:00:00Z", ["Input.Reach"] = "One" });
            Assert.Equal(HttpStatusCode.NoContent, moved.StatusCode);
        }

        using var off = await browser.CallOffAsync(id, "2026-03-04T09:00:00", reach);
        Assert.Equal(HttpStatusCode.NoContent, off.StatusCode);
        var told = (await SentAsync(id)).Skip(1).Single();
        Assert.Equal(reach == "Following" ? CalendarMethod.Request : CalendarMethod.Cancel, told.Method);
        Assert.Equal(1, told.Sequence);
        if (reach == "Following")
        {
            Assert.Equal(new DateOnly(2026, 3, 3), told.Events.Single().Rule!.Until!.Value.LastDay(TimeZoneInfo.FindSystemTimeZoneById(Team.Riga)));
            // The moved one is known to her by the time that it had.
            List<Guid> singles = [];
            await host.InAsync(async db => singles = await db.Set<Appointment>().Where(a => a.SeriesKey == id).Select(a => a.Id).ToListAsync());
            var single = Assert.Single(await SentAsync(Assert.Single(singles)));
            Assert.Equal((CalendarMethod.Cancel, new DateTime(2026, 3, 5, 9, 0, 0)), (single.Method, single.RecurrenceId!.Local));
        }

        // She knows all there is to know, and what she said of the rest holds.
        var panel = await browser.PieceAsync($"/activities/appointments/panel/{id}");
        Assert.DoesNotContain("Changed since", panel, StringComparison.Ordinal);
        Assert.Contains("Comes", panel, StringComparison.Ordinal);
        using var undone = await browser.PostAsync(off.UndoOf(), [], CalendarRoom.Week);
        Assert.Contains("Changed since", await browser.PieceAsync($"/activities/appointments/panel/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_to_invite_is_said()
    {
        var (_, _, api) = await _team.SalesAsync();
        var id = await Team.MadeAsync(api, "appointments", Planned("Alone", [await Team.PersonAsync(api)]));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Team.DoAsync(api, "appointments", id, "invite"));
        Assert.Empty(await SentAsync(id));
    }

    [Fact]
    public async Task Nobody_answers_for_an_appointment_that_is_not_his()
    {
        var (_, _, api) = await _team.SalesAsync();
        var person = await Team.MadeAsync(api, "people", new { firstName = "Zane", lastName = "Kalniņa", emails = new[] { new { kind = "work", value = "zane2@example.net" } } });
        var id = await Team.MadeAsync(api, "appointments", Planned("Tasting", [person]));
        await Team.DoAsync(api, "appointments", id, "invite");
        var sent = (await SentAsync(id)).Single();
        var (_, other, _) = await _team.SalesAsync();
        using var browser = await Browser.SignedInAsync(host, other);
        var reply = Invitation.Reply("-//Other//EN", sent.Events[0], CalendarPerson.WithEmail("zane2@example.net"), Participation.Declined, new DateTime(2026, 3, 1, 10, 0, 0, DateTimeKind.Utc));
        Assert.Contains("0 answers", await TakeAsync(browser, reply.ToString()), StringComparison.Ordinal);
        await host.InAsync(async db => Assert.Equal(Participation.NeedsAction, (await db.Set<Guest>().SingleAsync(g => g.RecordId == id)).Answer));
    }

    [Fact]
    public async Task A_calendar_is_taken_in_brought_up_to_date_and_called_off_by_its_own_name()
    {
        var (_, name, api) = await _team.SalesAsync();
        using var browser = await Browser.SignedInAsync(host, name);
        Assert.Contains("1 added, 0 changed", await TakeAsync(browser, File("Review", "DTSTART;TZID=America/New_York:20260307T090000\r\nDTEND;TZID=America/New_York:20260307T100000\r\nRRULE:FREQ=DAILY;COUNT=3")), StringComparison.Ordinal);
        var taken = Assert.Single(await Team.ListAsync(api, "appointments", "subject eq \"Review\""));
        Assert.Equal(("America/New_York", "2026-03-07T14:00:00"), (taken.GetProperty("zone").GetString(), taken.GetProperty("start").GetString()![..19]));
        // The third is after the change of clocks over there.
        Assert.Equal("2026-03-09T14:00:00", taken.GetProperty("over").GetString()![..19]);

        Assert.Contains("0 added, 1 changed", await TakeAsync(browser, File("Review, later", "DTSTART;TZID=Asia/Kolkata:20260307T090000\r\nDTEND;TZID=Asia/Kolkata:20260307T100000")), StringComparison.Ordinal);
        Assert.Equal("2026-03-07T03:30:00", Assert.Single(await Team.ListAsync(api, "appointments", "subject eq \"Review, later\"")).GetProperty("start").GetString()![..19]);
        Assert.Contains("1 called off", await TakeAsync(browser, File("Review, later", "DTSTART:20260307T090000Z", "METHOD:CANCEL\r\n")), StringComparison.Ordinal);
        Assert.Equal("cancelled", Assert.Single(await Team.ListAsync(api, "appointments", "subject eq \"Review, later\"")).GetProperty("state").GetString());

        // The same name in another's file is another's appointment.
        var (_, other, otherApi) = await _team.SalesAsync();
        using var second = await Browser.SignedInAsync(host, other);
        Assert.Contains("1 added", await TakeAsync(second, File("Review", "DTSTART:20260307T090000Z")), StringComparison.Ordinal);
        Assert.Single(await Team.ListAsync(otherApi, "appointments", "subject eq \"Review\""));
    }

    [Fact]
    public async Task A_calendar_that_is_taken_in_finds_its_people_among_those_whom_the_reader_sees()
    {
        var (_, name, api) = await _team.SalesAsync();
        var (_, _, otherApi) = await _team.SalesAsync();
        var tag = Guid.CreateVersion7().ToString("N")[20..];
        var mine = await Team.MadeAsync(api, "people", new { firstName = "Zane", lastName = "Kalniņa", emails = new[] { new { kind = "work", value = $"Zane.{tag}@Example.net" } } });
        await Team.MadeAsync(otherApi, "people", new { firstName = "Of", lastName = "Another", emails = new[] { new { kind = "work", value = $"another.{tag}@example.net" } } });
        var people = $"ORGANIZER:mailto:another.{tag}@example.net\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:zane.{tag}@example.net\r\nATTENDEE:mailto:nobody.{tag}@example.net\r\n";
        using var browser = await Browser.SignedInAsync(host, name);
        foreach (var expected in new[] { "1 added", "1 changed" })
        {
            Assert.Contains(expected, await TakeAsync(browser, File($"Met {tag}", $"{people}DTSTART:20260307T090000Z")), StringComparison.Ordinal);
            var taken = Assert.Single(await Team.ListAsync(api, "appointments", $"subject eq \"Met {tag}\""));
            Assert.Equal(mine, Assert.Single(taken.GetProperty("with").EnumerateArray()).GetProperty("id").GetGuid());
            await host.InAsync(async db =>
            {
                var guest = await db.Set<Guest>().SingleAsync(g => g.RecordId == taken.GetProperty("id").GetGuid());
                Assert.Equal((mine, Participation.Accepted), (guest.PersonId!.Value, guest.Answer));
            });
        }

        // What is private over there concerns nobody here.
        Assert.Contains("1 added", await TakeAsync(browser, File($"Doctor {tag}", $"CLASS:PRIVATE\r\nLOCATION:Ward {tag}\r\nDESCRIPTION:Blood {tag}\r\n{people}DTSTART:20260307T090000Z").Replace("UID:review", "UID:alone", StringComparison.Ordinal)), StringComparison.Ordinal);
        var alone = Assert.Single(await Team.ListAsync(api, "appointments", "subject eq \"Private\""));
        Assert.Empty(alone.GetProperty("with").EnumerateArray());
        Assert.DoesNotContain(tag, (await Team.ReadAsync(api, $"/api/v1/appointments/{alone.GetProperty("id").GetGuid()}")).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_once_more_brings_its_words_and_gives_back_what_takes_place_again()
    {
        var (_, name, api) = await _team.SalesAsync();
        using var browser = await Browser.SignedInAsync(host, name);
        const string Times = "DTSTART;TZID=Europe/Riga:20260303T090000\r\nDTEND;TZID=Europe/Riga:20260303T100000\r\nRRULE:FREQ=DAILY;COUNT=5\r\n";
        await TakeAsync(browser, File("Again", Times + "DESCRIPTION:Bring the samples\r\nEXDATE;TZID=Europe/Riga:20260304T090000,20260305T090000"));
        var id = Assert.Single(await Team.ListAsync(api, "appointments", "subject eq \"Again\"")).GetProperty("id").GetGuid();
        Assert.Equal(["03T07:00", "06T07:00", "07T07:00"], await host.TimesAsync(id, 9));
        using var moved = await browser.MoveAsync(id, "2026-03-06T09:00:00", new() { ["Input.Start"] = "2026-03-06T14:00:00Z", ["Input.Reach"] = "One" });
        Assert.Contains("1 changed", await TakeAsync(browser, File("Again", Times + "DESCRIPTION:Bring nothing\r\nEXDATE;TZID=Europe/Riga:20260305T090000")), StringComparison.Ordinal);
        Assert.Equal(["03T07:00", "04T07:00", "06T14:00", "07T07:00"], await host.TimesAsync(id, 9));
        Assert.Equal("Bring nothing", (await Team.ReadAsync(api, $"/api/v1/appointments/{id}")).GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a calendar")]
    [InlineData("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x")]
    [InlineData("BEGIN:VCALENDAR\r\nPRODID:x\r\nMETHOD:COUNTER\r\nEND:VCALENDAR")]
    [InlineData("BEGIN:VCALENDAR\r\nPRODID:x\r\nMETHOD:REPLY\r\nEND:VCALENDAR")]
    public async Task What_is_no_calendar_is_refused_in_words(string file)
    {
        var (_, name, _) = await _team.SalesAsync();
        using var browser = await Browser.SignedInAsync(host, name);
        using var answer = await browser.UploadAsync("/activities/calendar/upload", [], "x.ics", Encoding.UTF8.GetBytes(file));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Theory]
    [InlineData("DTSTART:20260307T090000Z\r\nRRULE:FREQ=SECONDLY")]
    [InlineData("DTSTART:20260307T090000Z\r\nRRULE:FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=1,2,3")]
    [InlineData("DTSTART:00010101T000000Z")]
    [InlineData("DTSTART:99991231T235959Z\r\nRRULE:FREQ=DAILY")]
    [InlineData("DTSTART:20260307T090000Z\r\nDTEND:20360307T090000Z")]
    [InlineData("SUMMARY:no start at all")]
    public async Task One_that_can_not_be_kept_is_left_out_and_the_others_are_taken(string bad)
    {
        var (_, name, api) = await _team.SalesAsync();
        using var browser = await Browser.SignedInAsync(host, name);
        var text = $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:bad\r\nDTSTAMP:20260101T000000Z\r\n{bad}\r\nEND:VEVENT\r\n"
            + "BEGIN:VEVENT\r\nUID:good\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:Sound \u0007 <script>\r\nDTSTART:20260308T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        var page = await TakeAsync(browser, text);
        Assert.True(page.Contains("1 added", StringComparison.Ordinal), page[page.IndexOf("<main", StringComparison.Ordinal)..][..1500]); Assert.Contains("1 added", page, StringComparison.Ordinal);
        Assert.Contains("Left out", page, StringComparison.Ordinal);
        Assert.Single(await Team.ListAsync(api, "appointments", "createdAt gt -1d"));
        Assert.DoesNotContain("Sound  <script>", await browser.ReadAsync("/activities/calendar?on=2026-03-08"), StringComparison.Ordinal);
    }

    private static object Planned(string subject, Guid[] with) => new { subject, startOn = "2026-03-29", startTime = "09:00", endTime = "10:00", zone = Team.Riga, with, place = "Showroom" };

    private static string File(string summary, string times, string method = "") =>
        $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Other//EN\r\n{method}BEGIN:VEVENT\r\nUID:review@elsewhere.example\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:{summary.Replace(",", "\\,", StringComparison.Ordinal)}\r\n{times}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    private static async Task<string> TakeAsync(Browser browser, string text)
    {
        using var answer = await browser.UploadAsync("/activities/calendar/upload", [], "x.ics", Encoding.UTF8.GetBytes(text));
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    private async Task<List<InvitationMessage>> SentAsync(Guid id)
    {
        List<InvitationMessage> sent = [];
        await host.InAsync(async db =>
        {
            foreach (var mail in await db.Set<SentMail>().Where(m => m.RecordId == id).OrderBy(m => m.Id).ToListAsync())
            {
                var calendar = MimeMessage.Read(mail.Content).Calendar ?? throw new InvalidOperationException("The mail has no calendar.");
                sent.Add(Invitation.Read(CalendarObject.Read(calendar.Content)));
            }
        });
        return sent;
    }
}

public sealed class InvitationsOnSqlite(MailSqliteHost host) : InvitationTests(host), IClassFixture<MailSqliteHost>;

public sealed class InvitationsOnPostgres(MailPostgresHost host) : InvitationTests(host), IClassFixture<MailPostgresHost>;
