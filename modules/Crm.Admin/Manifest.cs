using Crm.Abstractions.Modules;

[assembly: Module(
    Name = "Administration",
    Category = "System",
    Description = "Users, departments, roles, modules, settings and the audit.",
    AlwaysOn = true)]
