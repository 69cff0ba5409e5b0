namespace Crm.Kernel.Records;

/// <summary>Numbers between doors (<see cref="decimal"/>) and columns.</summary>
internal static class Numbers
{
    /// <summary>Says whether a column's type can keep the number as it is.</summary>
    public static bool Fits(decimal number, Type type) => type switch
    {
        _ when type == typeof(int) => IsWhole(number, int.MinValue, int.MaxValue),
        _ when type == typeof(long) => IsWhole(number, long.MinValue, long.MaxValue),
        _ when type == typeof(short) => IsWhole(number, short.MinValue, short.MaxValue),
        _ when type == typeof(byte) => IsWhole(number, byte.MinValue, byte.MaxValue),
        _ => true,
    };

    public static bool IsWhole(Type type) => type == typeof(int) || type == typeof(long) || type == typeof(short) || type == typeof(byte);

    private static bool IsWhole(decimal number, decimal least, decimal most) =>
        number == decimal.Truncate(number) && number >= least && number <= most;
}
