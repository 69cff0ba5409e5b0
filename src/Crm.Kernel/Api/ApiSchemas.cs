using System.Text.Json.Nodes;
using Crm.Abstractions.Records;
using Microsoft.OpenApi;

namespace Crm.Kernel.Api;

/// <summary>Schemas of records, made from their fields.</summary>
internal static class ApiSchemas
{
    public static IDictionary<string, IOpenApiSchema> Common() => new Dictionary<string, IOpenApiSchema>
    {
        ["link"] = Object(("id", Text("uuid")), ("type", OrNull(Text())), ("title", OrNull(Text())), ("url", OrNull(Text()))),
        ["value"] = Object(("kind", Text()), ("value", Text()), ("doubtful", new OpenApiSchema { Type = JsonSchemaType.Boolean })),
        ["problem"] = Object(
            ("type", Text("uri-reference")), ("title", Text()), ("status", new OpenApiSchema { Type = JsonSchemaType.Integer }), ("detail", Text()),
            ("position", new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "Where in the filter, from 1." }),
            ("errors", new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = List(Text()), Description = "Messages by field; an empty name stands for the whole." })),
    };

    /// <summary>A record as it goes out.</summary>
    public static OpenApiSchema Record(IReadOnlyList<RecordField> fields, OpenApiDocument document)
    {
        var schema = Object(
            ("id", Text("uuid")), ("type", Text()), ("title", Text()), ("url", Text()), ("version", new OpenApiSchema { Type = JsonSchemaType.Integer }));
        foreach (var field in fields.Where(f => !RecordJson.Envelope.Contains(f.Name)))
            schema.Properties![field.Name] = Out(field, document);
        schema.Properties!["createdAt"] = Text("date-time");
        schema.Properties["updatedAt"] = Text("date-time");
        schema.Properties["warnings"] = Labelled(List(Text()), "After a save, where there is something to think about; nothing was refused.");
        return schema;
    }

    /// <summary>What may be sent of a record.</summary>
    public static OpenApiSchema Written(IEnumerable<RecordField> fields, bool required)
    {
        var written = fields.ToList();
        var schema = Object([.. written.Select(f => (f.Name, In(f.Kind, f.Options, f.Label)))]);
        if (required && written.Where(f => f.IsRequired).Select(f => f.Name).ToHashSet() is { Count: > 0 } names)
            schema.Required = names;
        return schema;
    }

    /// <summary>What a deed is told.</summary>
    public static OpenApiSchema Told(Deed deed)
    {
        var schema = Object([.. deed.Inputs.Select(i => (i.Name, In(i.Kind, i.Options, i.Label)))]);
        schema.Required = deed.Inputs.Where(i => i.IsRequired).Select(i => i.Name).ToHashSet();
        return schema;
    }

    public static OpenApiSchema Object(params (string Name, IOpenApiSchema Schema)[] properties) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = properties.ToDictionary(p => p.Name, p => p.Schema),
    };

    public static OpenApiSchema Page(IOpenApiSchema item) =>
        Object(("items", List(item)), ("next", OrNull(Text())), ("count", new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "With count=true." }));

    public static OpenApiSchema Text(string? format = null) => new() { Type = JsonSchemaType.String, Format = format };

    public static OpenApiSchema List(IOpenApiSchema item) => new() { Type = JsonSchemaType.Array, Items = item };

    public static OpenApiSchema OrNull(OpenApiSchema schema)
    {
        schema.Type |= JsonSchemaType.Null;
        return schema;
    }

    private static IOpenApiSchema Out(RecordField field, OpenApiDocument document) => field.Kind switch
    {
        FieldKind.Link or FieldKind.User or FieldKind.Department =>
            new OpenApiSchema { OneOf = [new OpenApiSchemaReference("link", document), new OpenApiSchema { Type = JsonSchemaType.Null }], Description = field.Label },
        FieldKind.Values => Labelled(List(new OpenApiSchemaReference("value", document)), field.Label),
        FieldKind.Links or FieldKind.Users => Labelled(List(new OpenApiSchemaReference("link", document)), field.Label),
        _ => In(field.Kind, field.Options, field.Label),
    };

    private static OpenApiSchema In(FieldKind kind, IReadOnlyList<FieldOption> options, string label) => Labelled(kind switch
    {
        FieldKind.Number => OrNull(new OpenApiSchema { Type = JsonSchemaType.Number }),
        FieldKind.Money => OrNull(Object(("amount", Text("decimal")), ("currency", Text("iso-4217")))),
        FieldKind.Time => OrNull(Text("time")),
        FieldKind.YesNo => OrNull(new OpenApiSchema { Type = JsonSchemaType.Boolean }),
        FieldKind.Date => OrNull(Text("date")),
        FieldKind.Instant => OrNull(Text("date-time")),
        FieldKind.OneOf => OrNull(Choice(options)),
        FieldKind.ManyOf => List(Choice(options)),
        FieldKind.Values => List(Object(("kind", Choice(options)), ("value", Text()))),
        FieldKind.Link or FieldKind.User or FieldKind.Department => OrNull(Text("uuid")),
        FieldKind.Links or FieldKind.Users => List(Text("uuid")),
        _ => OrNull(Text()),
    }, label);

    private static OpenApiSchema Choice(IReadOnlyList<FieldOption> options)
    {
        var schema = Text();
        if (options.Count > 0)
            schema.Enum = options.Select(o => (JsonNode)JsonValue.Create(o.Value)).ToList();
        return schema;
    }

    private static OpenApiSchema Labelled(OpenApiSchema schema, string label)
    {
        schema.Description = label;
        return schema;
    }
}
