using System.Security.Cryptography;

namespace Crm.Kernel.Users;

/// <summary>Security stamps: a new one ends every session of a user.</summary>
internal static class Stamps
{
    public static string New() => Convert.ToHexString(RandomNumberGenerator.GetBytes(20));
}
