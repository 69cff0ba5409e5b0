using Crm.Abstractions.Contacts;
using Crm.Abstractions.Jobs;
using Crm.Abstractions.Modules;
using Crm.Abstractions.Pages;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Contacts.Addresses;
using Crm.Contacts.Consents;
using Crm.Contacts.Contacts;
using Crm.Contacts.Organizations;
using Crm.Contacts.Panels;
using Crm.Contacts.People;
using Crm.Contacts.Phones;
using Crm.Contacts.Relationships;
using Crm.Contacts.Samples;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Contacts;

/// <summary>The module's table of contents.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc/>
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddPermissions<ContactsPermissions>();
        services.AddNavigation<ContactsMenu>();
        services.AddMigrations<ContactsMigrations>();
        services.AddSingleton<PhoneCountry>();
        services.AddScoped<IContactRestriction, ContactRestriction>();
        services.AddScoped<INamedUsers, NamedContacts>();
        services.AddScoped<IContactEmails, ContactEmails>();
        services.AddScoped<IContactConsent, ContactConsent>();

        services.AddMapping<ContactMapping>().AddRecordType<ContactRecord>();
        services.AddMapping<PersonMapping>().AddRecordType<PersonRecord>();
        services.AddMapping<HierarchyTurnMapping>();
        services.AddMapping<OrganizationMapping>().AddRecordType<OrganizationRecord>();
        services.AddMapping<AddressMapping>().AddRecordType<AddressRecord>();
        services.AddContributedField<City>();
        services.AddContributedField<Country>();
        services.AddMapping<RelationshipMapping>().AddRecordType<RelationshipRecord>();
        services.AddMapping<ConsentMapping>().AddRecordType<ConsentRecord>();

        services.AddScoped<AddRelationship>();
        services.AddScoped<RemoveRelationship>();

        services.Contribute<Panel, DesignatedPanel>();
        services.Contribute<Panel, PeoplePanel>();
        services.Contribute<Panel, RelationshipsPanel>();
        services.Contribute<Panel, AddressesPanel>();
        services.Contribute<Panel, HierarchyPanel>();
        services.Contribute<Panel, ConsentsPanel>();

        services.AddEventHandler<EmployerChanged, WhenEmployerChanged>();
        services.AddEventHandler<ParentChanged, WhenParentChanged>();
        services.AddEventHandler<PhoneTyped, WhenPhoneTyped>();
        services.AddEventHandler<AddressPlaced, WhenAddressPlaced>();

        services.AddJob<ReadPhones>(
            "contacts.read-phones", "Read phone numbers anew", "Reads numbers that could not be read before, by the country that is set now.", JobSchedule.DailyAt(new TimeOnly(3, 20)));

        services.Contribute<ISample, SampleContacts>();
    }
}
