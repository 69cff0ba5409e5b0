using Crm.Abstractions.Modules;

[assembly: Module(
    Name = "Sample plugin",
    Category = "Samples",
    Description = "A plugin that tests drop into a server's folder.",
    KernelFrom = "0.1",
    KernelBelow = "99")]
