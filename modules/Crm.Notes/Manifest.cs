using Crm.Abstractions.Modules;

[assembly: Module(
    Name = "Notes",
    Category = "Records",
    Description = "Notes on any record, found by search the moment they are saved.")]
