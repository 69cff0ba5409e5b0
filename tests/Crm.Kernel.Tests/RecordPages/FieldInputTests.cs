using Crm.Abstractions.Records;
using Crm.Kernel.RecordPages;
using Microsoft.Extensions.Primitives;
using Microsoft.AspNetCore.Http;

namespace Crm.Kernel.Tests.RecordPages;

/// <summary>What a form shows is read back as it was, so that only what was changed is saved.</summary>
public sealed class FieldInputTests
{
    private static readonly TimeZoneInfo _riga = TimeZoneInfo.FindSystemTimeZoneById("Europe/Riga");

    public static TheoryData<FieldKind, object> Values => new()
    {
        { FieldKind.Text, "Anna" },
        { FieldKind.Number, 12.5m },
        { FieldKind.Date, new DateOnly(2026, 3, 31) },
        { FieldKind.Instant, new DateTimeOffset(2026, 3, 31, 11, 30, 0, TimeSpan.Zero) },
        { FieldKind.YesNo, true },
        { FieldKind.Link, Guid.CreateVersion7() },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_comes_back_as_it_went(FieldKind kind, object value)
    {
        var field = new RecordField { Name = "it", Kind = kind, Read = _ => null };
        Assert.True(FieldInput.TryRead(kind, FieldInput.Raw(field, value, _riga), _riga, out var read, out _));
        Assert.Equal(value, read);
    }

    [Theory]
    [InlineData(FieldKind.Number, "twelve")]
    [InlineData(FieldKind.Date, "31st of never")]
    [InlineData(FieldKind.Instant, "later")]
    [InlineData(FieldKind.Link, "nobody")]
    public void What_makes_no_sense_is_said(FieldKind kind, string text)
    {
        Assert.False(FieldInput.TryRead(kind, [text], _riga, out _, out var wrong));
        Assert.NotEmpty(wrong);
    }

    [Fact]
    public void An_hour_that_the_clocks_leap_over_is_the_one_after_it()
    {
        Assert.True(FieldInput.TryRead(FieldKind.Instant, ["2026-03-29T03:30"], _riga, out var read, out _));
        Assert.Equal(new DateTimeOffset(2026, 3, 29, 1, 30, 0, TimeSpan.Zero), read);
    }

    [Fact]
    public void Empty_rows_of_several_values_are_left_out()
    {
        var field = new RecordField { Name = "phones", Kind = FieldKind.Values, Read = _ => null };
        var form = new FormCollection(new Dictionary<string, StringValues>
        {
            ["phones.kind"] = new(["work", "home", "mobile"]),
            ["phones"] = new(["1", " ", "2"]),
        });
        Assert.True(FieldInput.TryRead(FieldKind.Values, FieldInput.Sent(field, form), _riga, out var read, out _));
        Assert.Equal([new ValueEntry("work", "1"), new ValueEntry("mobile", "2")], (IEnumerable<ValueEntry>)read!);
    }
}
