namespace Crm.Mail.Wire;

/// <summary>A connection that cannot go on: unreachable, ended, too slow, or not understood. Callers make an outcome of it.</summary>
internal sealed class WireException(string message, Exception? cause = null) : Exception(message, cause);
