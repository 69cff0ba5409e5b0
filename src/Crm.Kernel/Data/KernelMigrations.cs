using Crm.Abstractions.Data;
using Crm.Kernel.Search;

namespace Crm.Kernel.Data;

/// <summary>The kernel's schema, step by step.</summary>
internal sealed class KernelMigrations : DataMigration
{
    protected override void Build()
    {
        Step("people", People);
        Step("spine", Spine);
        Step("access", Access);
        Step("trails", Trails);
        Step("search", SearchIndex);
        Step("views", RecordPages.SavedViewMapping.Schema);
        Step("imports", Import.ImportMapping.Schema);
        Step("import mappings", Import.SavedMappingMapping.Schema);
        Step("jobs", Jobs.JobMapping.Schema);
        Step("due facts", Jobs.DueMapping.Schema);
        Step("notifications", Notifications.NotificationMapping.Schema);
        Step("mail", Mail.SentMailMapping.Schema);
        Step("bulk acts", Bulk.BulkMapping.Schema);
        Step("erasure", Erasure);
        Step("custom fields", CustomFields.CustomFieldMapping.Schema);
        Step("notices by mail", Notifications.NoticeChoiceMapping.Schema);
        Step("rights version", Security.RightsVersion.Schema);
        Step("records concerned", Concerned);
        Step("choices", WordLists.ChoiceMapping.Schema);
        Step("day plans", MyDay.DayPlanMapping.Schema);
        Step("search by blocks", SearchBlocks);
        Step("derived shares", change => change.Columns("core_share", t => t.YesNo("is_derived", defaultValue: false)));
        Step("fields that search learns", CustomFields.CustomFieldMapping.SearchPending);
        // An import asks of each row whether the bin has it: without an index of its own the whole table was read for each chunk.
        Step("external ids in the bin", change => change.Index("core_record", ["kind", "external_id", "id"], where: "deleted_at IS NOT NULL"));
        Step("mails and the records they name", Mail.SentMailMapping.Records);
        Step("answers and the records they name", Answers);
        Step("delivered messages without words", DeliveredMessages);
        Step("codes used", change => change.Columns("core_user", t => t.Text("used_codes", nullable: true)));
        Step("what somebody changed lately", change => change.Index("core_record", ["owner_id", "updated_at", "kind"], where: "deleted_at IS NULL"));
    }

    // An answer from before is known by no record: what it said is given up, as it would be with the record.
    private static void Answers(SchemaChange change)
    {
        const string Empty = "UPDATE core_idempotency SET body = '{}'";
        change.Sql(Empty, Empty);
        change.Table("core_idempotency_record", t =>
        {
            t.Reference("answer_id", "core_idempotency", cascade: true);
            t.Id("record_id");
            t.PrimaryKey("record_id", "answer_id");
        });
        change.Index("core_idempotency_record", ["answer_id"]);
    }

    private static void DeliveredMessages(SchemaChange change)
    {
        const string Empty = "UPDATE core_outbox SET payload = '{}' WHERE due_at IS NULL";
        change.Sql(Empty, Empty);
    }

    private static void Concerned(SchemaChange change)
    {
        change.Table("core_about", t =>
        {
            t.Reference("record_id", cascade: true);
            t.Reference("about_id");
            t.Text("role");
            t.PrimaryKey("record_id", "about_id", "role");
        });
        change.Index("core_about", ["about_id", "record_id"]);
    }

    // What lies in the bin no longer holds its external id: the rule counts live rows.
    private static void Erasure(SchemaChange change)
    {
        const string Drop = "DROP INDEX \"IX_core_record_kind_external_id\"";
        change.Sql(Drop, Drop);
        change.Index("core_record", ["kind", "external_id"], unique: true, where: "external_id IS NOT NULL AND deleted_at IS NULL");
        change.Columns("core_record", t => t.Instant("erased_at", nullable: true));
    }

    private static void SearchIndex(SchemaChange change)
    {
        foreach (var statement in change.IsSqlite ? SqliteSchema.Statements : PostgresSchema.Statements)
            change.Migration.Sql(statement);
    }

    // PostgreSQL's index is brought into its new form where it stands, with the documents that it has.
    private static void SearchBlocks(SchemaChange change)
    {
        if (change.IsSqlite)
            return;
        foreach (var statement in PostgresSchema.ByBlock)
            change.Migration.Sql(statement);
    }

    private static void People(SchemaChange change)
    {
        change.Table("core_department", t =>
        {
            t.Key();
            t.Text("name");
            t.Reference("parent_id", "core_department", nullable: true);
            t.YesNo("is_branch");
            t.Text("country");
        });
        change.Index("core_department", ["name"], unique: true);
        change.Index("core_department", ["parent_id"]);
        change.Table("core_user", t =>
        {
            t.Key();
            t.Text("email");
            t.Text("normalized_email");
            t.Text("name");
            t.Text("password_hash", nullable: true);
            t.Text("security_stamp");
            t.Small("access_failed_count");
            t.Instant("locked_until", nullable: true);
            t.YesNo("has_second_factor");
            t.Text("authenticator_key", nullable: true);
            t.Text("recovery_codes", nullable: true);
            t.Reference("department_id", "core_department", nullable: true);
            t.Text("time_zone");
            t.Text("language");
            t.Text("theme");
            t.Instant("created_at");
            t.Instant("disabled_at", nullable: true);
        });
        change.Index("core_user", ["normalized_email"], unique: true);
        change.Index("core_user", ["department_id"]);
        Roles(change);
    }

    private static void Roles(SchemaChange change)
    {
        change.Table("core_role", t =>
        {
            t.Key();
            t.Text("name");
            t.Text("label");
            t.Small("scope");
        });
        change.Index("core_role", ["name"], unique: true);
        change.Table("core_role_permission", t =>
        {
            t.Reference("role_id", "core_role", cascade: true);
            t.Text("permission");
            t.YesNo("is_granted");
            t.PrimaryKey("role_id", "permission");
        });
        change.Table("core_user_role", t =>
        {
            t.Reference("user_id", "core_user", cascade: true);
            t.Reference("role_id", "core_role");
            t.PrimaryKey("user_id", "role_id");
        });
        change.Index("core_user_role", ["role_id"]);
        change.Table("core_user_department", t =>
        {
            t.Reference("user_id", "core_user", cascade: true);
            t.Reference("department_id", "core_department");
            t.PrimaryKey("user_id", "department_id");
        });
        change.Index("core_user_department", ["department_id"]);
    }

    private static void Spine(SchemaChange change)
    {
        const string Alive = "deleted_at IS NULL";
        change.Table("core_record", t =>
        {
            t.Key();
            t.Text("kind");
            t.Text("title");
            t.Bytes("sort_key");
            t.Text("match");
            t.Text("external_id", nullable: true);
            t.Reference("owner_id", "core_user", nullable: true);
            t.Reference("department_id", "core_department", nullable: true);
            t.Reference("decided_by_id", nullable: true);
            t.Instant("deleted_at", nullable: true);
            t.Instant("created_at");
            t.Id("created_by_id", nullable: true);
            t.Instant("updated_at");
            t.Id("updated_by_id", nullable: true);
            t.Number("version");
        });
        change.Index("core_record", ["kind", "sort_key", "id", "owner_id", "department_id"], where: Alive);
        change.Index("core_record", ["owner_id", "kind", "sort_key", "id"], where: Alive);
        change.Index("core_record", ["department_id", "kind", "sort_key", "id"], where: Alive);
        change.Index("core_record", ["kind", "match", "id"], where: Alive);
        change.Index("core_record", ["kind", "external_id"], unique: true, where: "external_id IS NOT NULL");
        change.Index("core_record", ["kind", "updated_at", "id"], where: Alive);
        change.Index("core_record", ["decided_by_id", "kind", "created_at", "id"], where: "decided_by_id IS NOT NULL");
        change.Index("core_record", ["deleted_at"], where: "deleted_at IS NOT NULL");
    }

    private static void Access(SchemaChange change)
    {
        change.Table("core_switch", t =>
        {
            t.Key();
            t.Text("feature");
            t.Reference("department_id", "core_department", nullable: true);
            t.YesNo("is_on");
        });
        change.Index("core_switch", ["department_id"]);
        change.Table("core_setting", t =>
        {
            t.Text("name");
            t.Text("value");
            t.PrimaryKey("name");
        });
        Shares(change);
        Tokens(change);
    }

    private static void Shares(SchemaChange change)
    {
        change.Table("core_share", t =>
        {
            t.Id("principal_id");
            t.Reference("record_id");
            t.YesNo("may_edit");
            t.Instant("at");
            t.Id("by_id", nullable: true);
            t.PrimaryKey("principal_id", "record_id");
        });
        change.Index("core_share", ["record_id"]);
        change.Table("core_manager", t =>
        {
            t.Reference("user_id", "core_user");
            t.Reference("record_id");
            t.PrimaryKey("user_id", "record_id");
        });
        change.Index("core_manager", ["record_id"]);
    }

    private static void Tokens(SchemaChange change)
    {
        change.Table("core_token", t =>
        {
            t.Key();
            t.Reference("user_id", "core_user");
            t.Text("name");
            t.Bytes("hash");
            t.Text("scopes");
            t.Instant("created_at");
            t.Instant("expires_at", nullable: true);
            t.Instant("last_used_at", nullable: true);
            t.Instant("revoked_at", nullable: true);
        });
        change.Index("core_token", ["hash"], unique: true);
        change.Index("core_token", ["user_id"]);
        change.Table("core_idempotency", t =>
        {
            t.Key();
            t.Id("user_id");
            t.Text("key");
            t.Bytes("request_hash");
            t.Small("status");
            t.Text("location", nullable: true);
            t.Text("e_tag", nullable: true);
            t.Text("body");
            t.Instant("at");
        });
        change.Index("core_idempotency", ["user_id", "key"], unique: true);
        change.Index("core_idempotency", ["at"]);
        change.Table("core_protection_key", t =>
        {
            t.Text("name");
            t.Text("xml");
            t.PrimaryKey("name");
        });
    }

    private static void Trails(SchemaChange change)
    {
        change.Table("core_audit_act", t =>
        {
            t.Key();
            t.Instant("at");
            t.Id("user_id", nullable: true);
            t.Text("door");
            t.Text("what");
        });
        change.Index("core_audit_act", ["at"]);
        change.Index("core_audit_act", ["user_id", "at"]);
        change.Table("core_audit_change", t =>
        {
            t.Key();
            t.Reference("act_id", "core_audit_act");
            t.Id("record_id");
            t.Text("entity");
            t.Text("action");
            t.Text("changes");
        });
        change.Index("core_audit_change", ["act_id"]);
        change.Index("core_audit_change", ["record_id"]);
        TimelineAndOutbox(change);
    }

    private static void TimelineAndOutbox(SchemaChange change)
    {
        change.Table("core_timeline", t =>
        {
            t.Key();
            t.Reference("record_id");
            t.Reference("source_id");
            t.Text("kind");
            t.Instant("at");
            t.Text("text");
            t.Text("icon");
            t.Id("user_id", nullable: true);
        });
        change.Index("core_timeline", ["record_id", "at", "id"]);
        change.Index("core_timeline", ["source_id"]);
        change.Table("core_outbox", t =>
        {
            t.Key();
            t.Instant("at");
            t.Text("handler");
            t.Text("payload");
            t.Small("attempts");
            t.Instant("due_at", nullable: true);
            t.Text("error", nullable: true);
        });
        change.Index("core_outbox", ["due_at"], where: "due_at IS NOT NULL");
    }
}
