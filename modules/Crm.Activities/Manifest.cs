using Crm.Abstractions.Modules;

[assembly: Module(
    Name = "Activities",
    Description = "Every contact with a customer logged in seconds, every next step with a date: interactions, tasks, calendar, contact cadence.",
    Category = "Customers",
    Dependencies = ["Crm.Contacts"])]
