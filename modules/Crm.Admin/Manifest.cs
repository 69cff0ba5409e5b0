using Crm.Abstractions.Modules;

[assembly: Module(
    Name = "Administration",
    Category = "System",
    Description = "Users, departments, roles, modules and settings.",
    AlwaysOn = true)]
