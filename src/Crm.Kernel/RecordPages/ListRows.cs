using System.Globalization;
using Crm.Abstractions.Records;
using Crm.Kernel.Records;
using Crm.Ui.Shell;
using Microsoft.Extensions.Localization;

namespace Crm.Kernel.RecordPages;

/// <summary>Draws the table of a list. What is the same in every row is looked up once.</summary>
internal sealed class ListRows(ListModel list, IStringLocalizer l, RelTime times)
{
    private readonly List<Cell> _cells = list.Columns.Select(f => new Cell(f, Css(list, f), l[f.Label])).ToList();
    private readonly string _edit = l["Edit {0}"];
    private readonly string _nameless = l["(without a name)"];
    private readonly bool _selects = list.HasSelection;
    private readonly bool _edits = list.MayEdit;
    private readonly RecordType _type = list.Type;

    /// <summary>The heads of the columns.</summary>
    public void DrawHead(HtmlPen pen)
    {
        DrawHead(pen, list.Fields.First(f => f.Name == "title"), l["Name"]);
        foreach (var cell in _cells)
            DrawHead(pen, cell.Field, cell.Label);
    }

    /// <summary>The rows.</summary>
    public void Draw(HtmlPen pen)
    {
        foreach (var row in list.Rows)
            Draw(pen, row);
    }

    private void DrawHead(HtmlPen pen, RecordField field, string label)
    {
        var sorted = list.SortOf(field);
        pen.Raw(field.Kind is FieldKind.Number or FieldKind.Money ? "<th class=\"num\"" : "<th");
        if (sorted is not null)
            pen.Raw(" aria-sort=\"").Raw(sorted).Raw("\"");
        pen.Raw(">");
        if (!field.IsSortable)
        {
            pen.Text(label).Raw("</th>\n");
            return;
        }

        pen.Raw("<a href=\"").Text(list.SortUrl(field)).Raw("\">").Text(label);
        if (sorted is not null)
            pen.Raw("<i class=\"ti ti-chevron-").Raw(sorted == "ascending" ? "up" : "down").Raw("\" aria-hidden=\"true\"></i>");
        pen.Raw("</a></th>\n");
    }

    private void Draw(HtmlPen pen, RecordView row)
    {
        pen.Raw("<tr data-href=\"").Text(row.Url).Raw("\">");
        if (_selects)
        {
            pen.Raw("<td class=\"check\"><input type=\"checkbox\" class=\"form-check-input\" data-select name=\"id\" value=\"").Raw(row.Id.ToString())
                .Raw("\" form=\"bulk-form\" aria-label=\"").Text(row.Title).Raw("\" /></td>");
        }

        pen.Raw("<td class=\"cell-title\"><span class=\"person\">");
        if (_type.IsDependant)
            pen.Raw("<i class=\"ti ti-").Text(_type.Icon).Raw("\" aria-hidden=\"true\"></i>");
        else
            Avatar.Draw(pen, row.Title, "sm", row.Kind != "person");
        pen.Raw("<a class=\"row-title\" href=\"").Text(row.Url).Raw("\">").Text(row.Title.Length == 0 ? _nameless : row.Title).Raw("</a></span></td>");
        foreach (var cell in _cells)
            Draw(pen, cell, row.Values.GetValueOrDefault(cell.Field.Name));
        pen.Raw("<td class=\"acts\">");
        if (_edits)
        {
            pen.Raw("<a class=\"icon-btn\" href=\"").Text(row.Url).Raw("/edit\" data-key-edit aria-label=\"").Text(string.Format(CultureInfo.CurrentCulture, _edit, row.Title))
                .Raw("\"><i class=\"ti ti-pencil\" aria-hidden=\"true\"></i></a>");
        }

        pen.Raw("</td></tr>\n");
    }

    private void Draw(HtmlPen pen, Cell cell, object? value)
    {
        pen.Raw("<td");
        if (cell.Css is not null)
            pen.Raw(" class=\"").Raw(cell.Css).Raw("\"");
        pen.Raw(" data-label=\"").Text(cell.Label).Raw("\">");
        if (value is DateTimeOffset at)
            times.Draw(pen, at);
        else
            FieldMarkup.Draw(pen, cell.Field, value, l, brief: true);
        pen.Raw("</td>");
    }

    private static string? Css(ListModel list, RecordField field) => (field.Kind == FieldKind.Number, list.IsOnCard(field)) switch
    {
        (true, true) => "num",
        (true, false) => "num cell-hide",
        (false, false) => "cell-hide",
        _ => null,
    };

    private sealed record Cell(RecordField Field, string? Css, string Label);
}
