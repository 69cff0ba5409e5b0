namespace Crm.Ui;

/// <summary>Names the texts of Crm.Ui and of themes for <c>IStringLocalizer&lt;UiText&gt;</c>; the English text is the key.</summary>
public sealed class UiText;
