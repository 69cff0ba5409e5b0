namespace Crm.Kernel.Modules;

/// <summary>An installed module that does not run, and why, as the modules page says it.</summary>
internal sealed record FailedModule(string Id, string Reason);
