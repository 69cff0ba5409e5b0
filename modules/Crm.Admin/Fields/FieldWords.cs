using Crm.Abstractions.Records;
using Microsoft.Extensions.Localization;

namespace Crm.Admin.Fields;

/// <summary>What a kind of field is called by people.</summary>
internal static class FieldWords
{
    public static string Of(FieldKind kind, IStringLocalizer text) => kind switch
    {
        FieldKind.Text => text["Text, one line"],
        FieldKind.LongText => text["Text, several lines"],
        FieldKind.Number => text["Number"],
        FieldKind.Money => text["Money"],
        FieldKind.Date => text["Date"],
        FieldKind.Time => text["Time of day"],
        FieldKind.Instant => text["Date and time"],
        FieldKind.YesNo => text["Yes or no"],
        FieldKind.OneOf => text["One of several options"],
        FieldKind.ManyOf => text["Several of the options"],
        _ => text["Link to another entry"],
    };
}
