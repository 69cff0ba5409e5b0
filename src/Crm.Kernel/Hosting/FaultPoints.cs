using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Crm.Kernel.Hosting;

/// <summary>Named points at which a fault test lets the process die, as a power cut would: <c>Faults:DieAt</c> is <c>name#count</c>. Without the setting nothing happens.</summary>
internal sealed class FaultPoints(IConfiguration configuration)
{
    private readonly string[] _said = (configuration["Faults:DieAt"] ?? "").Split('#');
    private int _passed;

    public void Pass(string point)
    {
        if (_said[0] != point)
            return;
        var count = _said.Length > 1 ? int.Parse(_said[1], CultureInfo.InvariantCulture) : 1;
        // On Linux this is a SIGKILL: no handler, no flush, no goodbye.
        if (Interlocked.Increment(ref _passed) == count)
            Process.GetCurrentProcess().Kill();
    }
}
