using System.Runtime.InteropServices;

namespace Crm.Kernel.Search;

/// <summary>One indexed word, or two neighbouring signs, and the place in the text that it came from.</summary>
/// <param name="Text">The folded text.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="FirstEnd">Where its first sign ends, for two signs; else <paramref name="End"/>.</param>
/// <param name="Signs">0 for a word of letters, 1 for a sign, 2 for two neighbouring signs.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Token(string Text, int Start, int End, int FirstEnd, int Signs);
