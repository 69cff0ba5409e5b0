using Crm.Abstractions.Modules;

[assembly: Module(
    Name = "Files",
    Category = "Records",
    Description = "Files on any record or note, kept in the database and so in its backup.")]
