namespace Crm.Mail.Testing;

/// <summary>What a script is asked about: the phase, the line that the client sent, and the connection's number from 1.</summary>
internal sealed record SinkStep(SinkPhase Phase, string Line, int Connection);
