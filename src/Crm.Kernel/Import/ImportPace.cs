using Crm.Kernel.Data;

namespace Crm.Kernel.Import;

/// <summary>Chooses how many rows make a chunk: one takes about as long as others may be made to wait, and longer while nobody else writes.</summary>
internal sealed class ImportPace(WriterGate gate, TimeSpan hold, int most = 500)
{
    private const int Least = 50;
    private const int Alone = 8;

    public int Rows { get; private set; } = 100;

    public void Took(int rows, TimeSpan time)
    {
        // A small rest says nothing, and the first chunks pay for what is compiled.
        if (rows < Rows / 2 || time <= TimeSpan.Zero)
            return;
        var isWanted = gate.IsWanted;
        var fitting = rows * ((isWanted ? hold : hold * Alone) / time);
        // Who waits must not wait for an average.
        Rows = (int)Math.Clamp(isWanted ? Math.Min(fitting, Rows * 2) : (Rows + fitting) / 2, Least, Math.Max(Least, most));
    }
}
