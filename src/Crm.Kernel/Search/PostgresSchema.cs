namespace Crm.Kernel.Search;

/// <summary>The index's tables in PostgreSQL.</summary>
internal static class PostgresSchema
{
    /// <summary>A document's blocks as the word index has them: its own, and below zero the sixteen in a row that it is one of.</summary>
    public const string Blocks = "(ARRAY[block, -1 - block / 16])";

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

    /// <summary>
    /// Adds blocks, to tables that are filled and new ones alike. The word index knows no order, and a word of hundreds of
    /// thousands of documents comes out of it whole; cut into blocks by time, it gives what the newest have of it, then the next.
    /// </summary>
    public static IReadOnlyList<string> ByBlock { get; } =
    [
        "SET LOCAL maintenance_work_mem = '256MB'",
        // A block holds what is newer than its place and not newer than the next one's; block 0 has no row.
        """
        CREATE TABLE core_search_block (
            block int PRIMARY KEY,
            at bigint NOT NULL,
            record_id uuid NOT NULL)
        """,
        $"""
        INSERT INTO core_search_block (block, at, record_id)
        SELECT number / {PostgresBlocks.Size}, at, record_id
        FROM (SELECT at, record_id, row_number() OVER (ORDER BY at, record_id) AS number FROM core_search_doc) d
        WHERE number % {PostgresBlocks.Size} = 0
        """,
        "CREATE UNIQUE INDEX core_search_block_place ON core_search_block (at, record_id)",
        "ALTER TABLE core_search_doc RENAME TO core_search_before",
        "DROP INDEX core_search_doc_newest, core_search_doc_words",
        "ALTER INDEX core_search_doc_pkey RENAME TO core_search_before_pkey",
        """
        CREATE TABLE core_search_doc (
            record_id uuid NOT NULL,
            kind text NOT NULL,
            owner_id uuid NULL,
            at bigint NOT NULL,
            title text NOT NULL,
            acl text NOT NULL,
            body text NOT NULL,
            words tsvector NOT NULL,
            block int NOT NULL)
        """,
        // How common a word is decides how it is looked for.
        "ALTER TABLE core_search_doc ALTER words SET STATISTICS 400",
        // Written anew and in order, so that a block lies together.
        $"""
        INSERT INTO core_search_doc (record_id, kind, owner_id, at, title, acl, body, words, block)
        SELECT record_id, kind, owner_id, at, title, acl, body, words,
            (row_number() OVER (ORDER BY at, record_id) - 1) / {PostgresBlocks.Size}
        FROM core_search_before ORDER BY at, record_id
        """,
        "DROP TABLE core_search_before",
        "ALTER TABLE core_search_doc ADD PRIMARY KEY (record_id)",
        "CREATE INDEX core_search_doc_place ON core_search_doc (block, at, record_id)",
        $"CREATE INDEX core_search_doc_find ON core_search_doc USING gin (words, {Blocks})",
        "ANALYZE core_search_doc",
    ];
}
