using Crm.Abstractions.Records;
using Microsoft.OpenApi;

namespace Crm.Kernel.Api;

/// <summary>The operations on one record type, as OpenAPI says them.</summary>
internal sealed class ApiOperations(OpenApiDocument document, string name, string tag)
{
    private OpenApiSchemaReference Self => Ref(name);

    public OpenApiPathItem Collection(bool isReadOnly)
    {
        var path = Path((HttpMethod.Get, Operation($"list {name}", $"List: {tag}", (200, ApiSchemas.Page(Self)), 400).With(
            Query("filter", "In the filter grammar, such as owner eq me and city eq \"Rīga\"."), Query("sort", "Field names with commas; - before one for descending."),
            Query("fields", "Names of the fields to answer."), Query("q", "Full text."), Limit(), After(), Query("count", "true adds how many there are."))));
        if (!isReadOnly)
            path.AddOperation(HttpMethod.Post, Operation($"create {name}", $"Make one: {tag}", (201, Self), 422).With(Header("Idempotency-Key", false)).Sending(Ref(name + ".new")));
        return path;
    }

    public OpenApiPathItem Record(bool isReadOnly)
    {
        var path = Path((HttpMethod.Get, Operation($"read {name}", $"Read one: {tag}", (200, Self), 404).With(Id())));
        if (isReadOnly)
            return path;
        path.AddOperation(HttpMethod.Patch, Operation($"change {name}", $"Change one: {tag}", (200, Self), 404, 412, 422, 428).With(Id(), Header("If-Match", true)).Sending(Ref(name + ".change")));
        path.AddOperation(HttpMethod.Delete, Operation($"delete {name}", $"Put one into the bin: {tag}", (204, null), 404, 412, 428).With(Id(), Header("If-Match", true)));
        return path;
    }

    public OpenApiPathItem Timeline() => Path((HttpMethod.Get, Operation($"timeline {name}", $"Timeline of one: {tag}", (200, ApiSchemas.Page(ApiSchemas.Object(
        ("id", ApiSchemas.Text("uuid")), ("type", ApiSchemas.Text()), ("at", ApiSchemas.Text("date-time")), ("text", ApiSchemas.Text()), ("by", ApiSchemas.OrNull(ApiSchemas.Text())), ("url", ApiSchemas.OrNull(ApiSchemas.Text())), ("about", Ref("link"))))), 404)
        .With(Id(), Query("type", "The name of a record type."), Limit(), After())));

    public OpenApiPathItem Summary() => Path((HttpMethod.Get, Operation($"sum {name}", $"Grouped sums: {tag}", (200, ApiSchemas.Object(("items", ApiSchemas.List(ApiSchemas.Object(
        ("key", new OpenApiSchema()), ("count", new OpenApiSchema { Type = JsonSchemaType.Integer }), ("sum", new OpenApiSchema { Type = JsonSchemaType.Number | JsonSchemaType.Null })))))), 400)
        .With(Query("group", "A field; a date with :day, :month or :year. Up to four with a comma: then a key is an array.", required: true), Query("sum", "A number field."), Query("filter", "In the filter grammar."))));

    public OpenApiPathItem Deed(Deed deed) => Path((HttpMethod.Post, Operation($"{deed.Name} {name}", deed.Label, (200, Self), 404, 412, 422)
        .With(Id(), Header("If-Match", false), Header("Idempotency-Key", false)).Sending(ApiSchemas.Told(deed))));

    public OpenApiPathItem Bin() => Path((HttpMethod.Get, Operation($"bin {name}", $"What lies in the bin: {tag}", (200, ApiSchemas.Object(("items", ApiSchemas.List(ApiSchemas.Object(
        ("id", ApiSchemas.Text("uuid")), ("type", ApiSchemas.Text()), ("title", ApiSchemas.Text()), ("deletedAt", ApiSchemas.Text("date-time"))))))))
        .With(Limit())));

    public OpenApiPathItem End(string verb, string summary, OpenApiSchema? told = null)
    {
        var operation = Operation($"{verb} {name}", $"{summary}: {tag}", (204, null), 404, 422).With(Id());
        return Path((HttpMethod.Post, told is null ? operation : operation.Sending(told)));
    }

    public OpenApiPathItem Report() => Path((HttpMethod.Get, Operation($"report {name}", $"Everything that is kept about one: {tag}", (200, ApiSchemas.Object(
        ("title", ApiSchemas.Text()), ("at", ApiSchemas.Text("date-time")), ("by", ApiSchemas.Text()), ("sections", ApiSchemas.List(ApiSchemas.Object(
            ("heading", ApiSchemas.Text()), ("entries", ApiSchemas.List(ApiSchemas.Object(("title", ApiSchemas.Text()), ("facts", ApiSchemas.List(ApiSchemas.Object(("label", ApiSchemas.Text()), ("value", ApiSchemas.Text()))))))))))))
        , 404).With(Id())));

    public OpenApiPathItem Search() => Path((HttpMethod.Get, Operation("search", "Search everything", (200, ApiSchemas.Page(ApiSchemas.Object(
        ("type", ApiSchemas.Text()), ("id", ApiSchemas.Text("uuid")), ("title", ApiSchemas.Text()), ("snippet", ApiSchemas.Text()), ("url", ApiSchemas.Text())))), 400)
        .With(Query("q", "Words; the last one counts as a beginning.", required: true), Query("types", "Names of record types."), Limit(), After())));

    private static OpenApiPathItem Path((HttpMethod Method, OpenApiOperation Operation) first)
    {
        var path = new OpenApiPathItem();
        path.AddOperation(first.Method, first.Operation);
        return path;
    }

    private OpenApiOperation Operation(string id, string summary, (int Status, IOpenApiSchema? Body) good, params int[] problems)
    {
        var operation = new OpenApiOperation
        {
            OperationId = id.Replace(' ', '-'),
            Summary = summary,
            Tags = new HashSet<OpenApiTagReference> { new(tag, document) },
            Parameters = [],
            Responses = new OpenApiResponses
            {
                [$"{good.Status}"] = new OpenApiResponse
                {
                    Description = "Done.",
                    Content = good.Body is null ? null : new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = good.Body } },
                },
            },
        };
        foreach (var status in problems.Concat([401, 403]).Order())
        {
            operation.Responses[$"{status}"] = new OpenApiResponse
            {
                Description = Problem.Of(status).Title,
                Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Schema = Ref("problem") } },
            };
        }

        return operation;
    }

    private OpenApiSchemaReference Ref(string schema) => new(schema, document);

    private static OpenApiParameter Id() => new() { Name = "id", In = ParameterLocation.Path, Required = true, Schema = ApiSchemas.Text("uuid") };

    private static OpenApiParameter Limit() =>
        new() { Name = "limit", In = ParameterLocation.Query, Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = "200" } };

    private static OpenApiParameter After() => Query("after", "The cursor 'next' of the page before.");

    private static OpenApiParameter Query(string name, string description, bool required = false) =>
        new() { Name = name, In = ParameterLocation.Query, Description = description, Required = required, Schema = ApiSchemas.Text() };

    private static OpenApiParameter Header(string name, bool required) =>
        new() { Name = name, In = ParameterLocation.Header, Required = required, Schema = ApiSchemas.Text() };
}

/// <summary>Says operations fluently.</summary>
internal static class OperationWords
{
    public static OpenApiOperation With(this OpenApiOperation operation, params OpenApiParameter[] parameters)
    {
        foreach (var parameter in parameters)
            operation.Parameters!.Add(parameter);
        return operation;
    }

    public static OpenApiOperation Sending(this OpenApiOperation operation, IOpenApiSchema schema)
    {
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = schema } },
        };
        return operation;
    }
}
