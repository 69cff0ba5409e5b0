using Crm.Abstractions.Modules;

[assembly: Module(
    Name = "Visits",
    Category = "Samples",
    Description = "A plugin that tests drop into a server's folder.",
    KernelFrom = "0.1",
    KernelBelow = "99")]
