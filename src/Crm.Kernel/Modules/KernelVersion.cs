using Crm.Abstractions.Modules;

namespace Crm.Kernel.Modules;

/// <summary>Says whether this kernel serves a module, by the range in the module's manifest.</summary>
internal static class KernelVersion
{
    public static Version Now { get; } = Whole(typeof(KernelVersion).Assembly.GetName().Version!);

    /// <summary>The reason why not, or null.</summary>
    public static string? Refuse(ModuleAttribute manifest, Version kernel)
    {
        if (!TryRead(manifest.KernelFrom, out var from) || !TryRead(manifest.KernelBelow, out var below))
            return $"Its manifest asks for kernel '{manifest.KernelFrom}' to '{manifest.KernelBelow}', which are not both versions such as 1.2.";
        if (from is not null && kernel < from)
            return $"It needs kernel {manifest.KernelFrom} or newer, and this one is {kernel}: update the server first.";
        return below is not null && kernel >= below
            ? $"It is made for kernels below {manifest.KernelBelow}, and this one is {kernel}: install a newer version of it."
            : null;
    }

    private static bool TryRead(string? text, out Version? version)
    {
        version = null;
        if (string.IsNullOrEmpty(text))
            return true;
        if (!Version.TryParse(text.Contains('.', StringComparison.Ordinal) ? text : text + ".0", out var read))
            return false;
        version = Whole(read);
        return true;
    }

    // 1.2 and 1.2.0 are the same.
    private static Version Whole(Version version) => new(version.Major, version.Minor, Math.Max(version.Build, 0));
}
