using Crm.Calendar.Events;
using Crm.Calendar.Invitations;

namespace Crm.Calendar.Tests.Invitations;

public sealed class InvitationTests
{
    [Fact]
    public void An_invitation_arrives_with_its_event_and_without_the_organizers_reminders()
    {
        var sent = Invitation.Request(Samples.Product, Samples.Meeting(), Samples.Meeting() with { RecurrenceId = Samples.At(2026, 3, 9, 9), Rule = null, Start = Samples.At(2026, 3, 10, 9) });
        var text = sent.ToString();
        Assert.Contains("METHOD:REQUEST\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("VALARM", text, StringComparison.Ordinal);
        var got = Invitation.Read(CalendarObject.Read(text));
        Assert.Equal((CalendarMethod.Request, Samples.Meeting().Uid, 2, Samples.Stamp), (got.Method, got.Uid, got.Sequence, got.Stamp));
        Assert.Equal("anna@example.org", got.Organizer!.Email);
        Assert.Equal(Participation.NeedsAction, got.AnswerOf("BO@example.org"));
        Assert.Null(got.AnswerOf("nobody@example.org"));
        Assert.Null(got.RecurrenceId);
        Assert.Equal(2, got.Events.Count);
    }

    [Theory]
    [InlineData(Participation.Accepted, "PARTSTAT=ACCEPTED")]
    [InlineData(Participation.Declined, "PARTSTAT=DECLINED")]
    [InlineData(Participation.Tentative, "PARTSTAT=TENTATIVE")]
    public void An_answer_comes_back_to_the_same_version_of_the_same_occurrence(Participation answer, string written)
    {
        var invited = Samples.Meeting() with { RecurrenceId = Samples.At(2026, 3, 9, 9), Rule = null };
        var text = Invitation.Reply(Samples.Product, invited, CalendarPerson.WithEmail("BO@example.org"), answer, Samples.Stamp.AddDays(1), "Gladly,\nBo").ToString();
        Assert.Contains(written, text, StringComparison.Ordinal);
        Assert.DoesNotContain("RSVP", text, StringComparison.Ordinal);
        var got = Invitation.Read(CalendarObject.Read(text));
        Assert.Equal((CalendarMethod.Reply, invited.Uid, 2, invited.RecurrenceId), (got.Method, got.Uid, got.Sequence, got.RecurrenceId));
        Assert.Equal("Bo: Ek", Assert.Single(got.Attendees).Person.Name);
        Assert.Equal(answer, got.AnswerOf("bo@example.org"));
        Assert.Equal("Gladly,\nBo", got.Comment);
    }

    [Fact]
    public void Somebody_to_whom_an_invitation_was_passed_on_answers_for_himself()
    {
        var reply = Invitation.Reply(Samples.Product, Samples.Meeting(), CalendarPerson.WithEmail("new@example.org", "New"), Participation.Accepted, Samples.Stamp);
        Assert.Equal("new@example.org", Assert.Single(Invitation.Read(reply).Attendees).Person.Email);
    }

    [Fact]
    public void A_cancellation_says_so_twice()
    {
        var text = Invitation.Cancel(Samples.Product, Samples.Meeting() with { Sequence = 3 }).ToString();
        Assert.Contains("METHOD:CANCEL\r\n", text, StringComparison.Ordinal);
        Assert.Contains("STATUS:CANCELLED\r\n", text, StringComparison.Ordinal);
        Assert.Equal(3, Invitation.Read(CalendarObject.Read(text)).Sequence);
    }

    [Fact]
    public void Answers_and_cancellations_need_no_start_and_invitations_do()
    {
        string[] lines = ["BEGIN:VEVENT", "UID:1", "DTSTAMP:20260101T000000Z", "ORGANIZER:mailto:a@example.org", "ATTENDEE;PARTSTAT=DECLINED:mailto:b@example.org", "END:VEVENT"];
        Assert.Equal(Participation.Declined, Invitation.Read(Samples.Read(["METHOD:REPLY", .. lines])).AnswerOf("b@example.org"));
        Assert.Null(Invitation.Read(Samples.Read(["METHOD:CANCEL", .. lines])).Events[0].Recurrence);
        Assert.Equal(5, Assert.Throws<CalendarFormatException>(() => Invitation.Read(Samples.Read(["METHOD:REQUEST", .. lines]))).Line);
    }

    [Fact]
    public void The_higher_sequence_counts_and_of_the_same_the_later()
    {
        var message = Invitation.Read(Invitation.Request(Samples.Product, Samples.Meeting()));
        Assert.True(message.Supersedes(1, Samples.Stamp.AddYears(1)));
        Assert.True(message.Supersedes(2, Samples.Stamp.AddSeconds(-1)));
        Assert.False(message.Supersedes(2, Samples.Stamp));
        Assert.False(message.Supersedes(3, DateTime.MinValue));
    }

    [Fact]
    public void What_is_no_message_is_refused()
    {
        var meeting = Samples.Meeting();
        Action[] wrong =
        [
            () => Invitation.Request(Samples.Product),
            () => Invitation.Request(Samples.Product, meeting with { Attendees = [] }),
            () => Invitation.Request(Samples.Product, meeting with { Organizer = null }),
            () => Invitation.Request(Samples.Product, meeting with { Start = null }),
            () => Invitation.Request(Samples.Product, meeting, meeting with { Uid = "other" }),
            () => Invitation.Cancel(Samples.Product, meeting with { Organizer = null }),
            () => Invitation.Reply(Samples.Product, meeting with { Organizer = null }, meeting.Organizer!, Participation.Accepted, Samples.Stamp),
            () => Invitation.Reply(Samples.Product, meeting, meeting.Organizer!, Participation.NeedsAction, Samples.Stamp),
            () => Invitation.Read(Samples.Calendar(meeting)),
            () => Invitation.Read(Samples.Calendar() with { Method = CalendarMethod.Request }),
            () => Invitation.Read(Samples.Calendar(meeting) with { Method = CalendarMethod.Reply }),
        ];
        Assert.All(wrong, act => Assert.Throws<CalendarFormatException>(act));
    }
}
