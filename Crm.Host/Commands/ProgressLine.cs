using System.Globalization;
using Crm.Kernel.Commands;

namespace Crm.Host.Commands;

/// <summary>Shows how far long work is: a bar that moves on a terminal, a line every few seconds elsewhere.</summary>
internal sealed class ProgressLine(TextWriter to, bool redirected, TimeProvider clock)
{
    private const int Width = 30;
    private long _shown = clock.GetTimestamp();
    private bool _drawn;

    public void Show(CommandProgress progress)
    {
        if (clock.GetElapsedTime(_shown) < (redirected ? TimeSpan.FromSeconds(3) : TimeSpan.FromMilliseconds(100)))
            return;
        _shown = clock.GetTimestamp();
        if (redirected)
        {
            to.WriteLine(Words(progress));
            return;
        }

        _drawn = true;
        to.Write($"\r\u001b[K{Bar(progress)}{Words(progress)}");
    }

    public void Clear()
    {
        if (_drawn)
            to.Write("\r\u001b[K");
        _drawn = false;
    }

    private static string Bar(CommandProgress progress)
    {
        if (progress.Total <= 0)
            return "";
        var full = (int)(Math.Clamp((double)progress.Done / progress.Total, 0, 1) * Width);
        return $"[{new string('#', full)}{new string('.', Width - full)}] ";
    }

    private static string Words(CommandProgress progress) => progress.Total > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{progress.What} {progress.Done:N0} of {progress.Total:N0}")
        : string.Create(CultureInfo.InvariantCulture, $"{progress.What} {progress.Done:N0}");
}
