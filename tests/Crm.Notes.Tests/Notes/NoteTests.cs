using Crm.Notes.Notes;

namespace Crm.Notes.Tests.Notes;

/// <summary>What a note decides by itself.</summary>
public sealed class NoteTests
{
    [Theory]
    [InlineData("Call back on Monday", "Call back on Monday")]
    [InlineData("\r\n  First line \r\nsecond", "First line ")]
    [InlineData("one\ntwo", "one")]
    [InlineData("", "")]
    public void The_first_line_is_its_title(string text, string title)
    {
        var note = Note.New();
        note.Text = text;
        Assert.Equal(title, note.FirstLine());
    }

    [Fact]
    public void A_long_first_line_is_cut()
    {
        var note = Note.New();
        note.Text = new string('x', 200);
        Assert.Equal(new string('x', 79) + "…", note.FirstLine());
    }

    [Fact]
    public void The_record_that_it_is_about_decides_who_sees_it()
    {
        var about = Guid.CreateVersion7();
        var note = Note.New();
        note.HangOn(about);
        Assert.Equal((about, about), (note.AboutId, note.Spine.DecidedById));
    }
}
