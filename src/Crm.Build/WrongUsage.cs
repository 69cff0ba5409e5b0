namespace Crm.Build;

/// <summary>The arguments make no sense: answered by one line and exit code 2.</summary>
internal sealed class WrongUsage(string message) : Exception(message);
