using Crm.Abstractions.Modules;

[assembly: Module(
    Name = "Contacts",
    Description = "People and organisations in one store, with addresses, relationships and consent.",
    Category = "Customers")]
