namespace Crm.Calendar.Tests;

/// <summary>Numbers that random tests begin from, so that a failing one can be run again.</summary>
internal static class Seeds
{
    public static TheoryData<int> Some(int count)
    {
        var seeds = new TheoryData<int>();
        for (var seed = 1; seed <= count; seed++) seeds.Add(seed);
        return seeds;
    }
}
