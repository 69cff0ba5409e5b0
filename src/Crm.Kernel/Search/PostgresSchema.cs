namespace Crm.Kernel.Search;

/// <summary>The index's tables in PostgreSQL.</summary>
internal static class PostgresSchema
{
    // The lexemes are ours, made before they come here: no configuration of the server, no parser, no dictionary.
    public static IReadOnlyList<string> Statements { get; } =
    [
        """
        CREATE TABLE core_search_doc (
            record_id uuid PRIMARY KEY,
            kind text NOT NULL,
            owner_id uuid NULL,
            at bigint NOT NULL,
            title text NOT NULL,
            acl text NOT NULL,
            body text NOT NULL,
            words tsvector NOT NULL)
        """,
        "CREATE INDEX core_search_doc_newest ON core_search_doc (at, record_id)",
        "CREATE INDEX core_search_doc_words ON core_search_doc USING gin (words)",
    ];
}
