using Crm.Abstractions.Pages;
using Crm.Contacts.Organizations;
using Crm.Contacts.People;

namespace Crm.Contacts.Panels;

/// <summary>Who may contact a contact that not everybody may; nothing where everybody may.</summary>
internal sealed class DesignatedPanel : Panel
{
    public override string Title => "Contact only by";

    public override string Icon => "user-shield";

    public override string Permission => ContactsPermissions.View;

    public override string Url => "/contacts/contacts/panel/{id}";

    public override IReadOnlyList<string> Kinds => [Person.KindName, Organization.KindName];
}

/// <summary>An organisation's people.</summary>
internal sealed class PeoplePanel : Panel
{
    public override string Title => "People";

    public override string Icon => "users";

    public override string Permission => ContactsPermissions.View;

    public override string Url => "/contacts/people/panel/{id}";

    public override IReadOnlyList<string> Kinds => [Organization.KindName];
}

/// <summary>Relationships from and to a contact.</summary>
internal sealed class RelationshipsPanel : Panel
{
    public override string Title => "Relationships";

    public override string Icon => "affiliate";

    public override string Permission => ContactsPermissions.View;

    public override string Url => "/contacts/relationships/panel/{id}";

    public override IReadOnlyList<string> Kinds => [Person.KindName, Organization.KindName];
}

/// <summary>Further addresses of a contact.</summary>
internal sealed class AddressesPanel : Panel
{
    public override string Title => "Addresses";

    public override string Icon => "map-pin";

    public override string Permission => ContactsPermissions.View;

    public override string Url => "/contacts/addresses/panel/{id}";

    public override IReadOnlyList<string> Kinds => [Person.KindName, Organization.KindName];
}

/// <summary>What an organisation is a part of, and its parts.</summary>
internal sealed class HierarchyPanel : Panel
{
    public override string Title => "Structure";

    public override string Icon => "hierarchy";

    public override string Permission => ContactsPermissions.View;

    public override string Url => "/contacts/organizations/panel/{id}";

    public override IReadOnlyList<string> Kinds => [Organization.KindName];
}

/// <summary>Consent by channel, with its source.</summary>
internal sealed class ConsentsPanel : Panel
{
    public override string Title => "Consent";

    public override string Icon => "shield-check";

    public override string Permission => ContactsPermissions.View;

    public override string Url => "/contacts/consents/panel/{id}";

    public override IReadOnlyList<string> Kinds => [Person.KindName, Organization.KindName];
}
