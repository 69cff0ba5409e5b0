using System.Runtime.InteropServices;

namespace Crm.Mail.Mime;

/// <summary>Where a line stands, its end without CR and LF.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Line(int Start, int End);
