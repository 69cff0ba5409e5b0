using System.Data.Common;
using Crm.Abstractions.Search;

namespace Crm.Kernel.Search;

/// <summary>A document as SQLite keeps it.</summary>
internal sealed record StoredDocument(long Key, SearchDocument Document)
{
    public const string Select = "SELECT doc, record_id, kind, owner_id, at, title, acl, body FROM core_search_doc";

    public static StoredDocument Read(DbDataReader reader) => new(
        reader.GetInt64(0),
        new(
            Id((byte[])reader.GetValue(1)),
            reader.GetString(2),
            reader.GetString(5),
            reader.GetString(7),
            StoredText.Acl(reader.GetString(6)),
            reader.IsDBNull(3) ? null : Id((byte[])reader.GetValue(3)),
            StoredText.Time(reader.GetInt64(4))));

    public static Guid Id(byte[] stored) => new(stored, bigEndian: true);
}
