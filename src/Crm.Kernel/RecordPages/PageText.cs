namespace Crm.Kernel.RecordPages;

/// <summary>Names the texts of the kernel's pages for <c>IStringLocalizer&lt;PageText&gt;</c>; the English text is the key.</summary>
internal sealed class PageText;
