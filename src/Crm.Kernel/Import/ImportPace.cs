namespace Crm.Kernel.Import;

/// <summary>Chooses how many rows make a chunk, so that one takes about as long as others may be made to wait.</summary>
internal sealed class ImportPace(TimeSpan hold, int most = 500)
{
    private const int Least = 50;

    public int Rows { get; private set; } = 100;

    public void Took(int rows, TimeSpan time)
    {
        // A small rest says nothing, and the first chunks pay for what is compiled.
        if (rows < Rows / 2 || time <= TimeSpan.Zero)
            return;
        var fitting = rows * (hold / time);
        Rows = (int)Math.Clamp((Rows + fitting) / 2, Least, Math.Max(Least, most));
    }
}
