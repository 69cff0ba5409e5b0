namespace Crm.Kernel.Search;

/// <summary>The index's tables in SQLite.</summary>
internal static class SqliteSchema
{
    // The index keeps no text of its own (contentless): snippets and new tokens are made from core_search_doc.
    // Beginnings of two and three letters have lists of their own; a title word's mark counts as a letter.
    public static IReadOnlyList<string> Statements { get; } =
    [
        """
        CREATE TABLE core_search_doc (
            doc INTEGER PRIMARY KEY,
            record_id BLOB NOT NULL UNIQUE,
            kind TEXT NOT NULL,
            owner_id BLOB NULL,
            at INTEGER NOT NULL,
            title TEXT NOT NULL,
            acl TEXT NOT NULL,
            body TEXT NOT NULL)
        """,
        $"""
        CREATE VIRTUAL TABLE core_search USING fts5(
            title, body, marks,
            content = '', contentless_delete = 1, prefix = '2 3',
            tokenize = "ascii tokenchars '{Marks.All}'")
        """,
    ];
}
