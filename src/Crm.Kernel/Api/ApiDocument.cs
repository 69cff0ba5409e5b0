using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Modules;
using Crm.Kernel.Records;
using Crm.Kernel.Records.Deeds;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Crm.Kernel.Api;

/// <summary>The OpenAPI document, made from the record types as the asking user has them.</summary>
internal sealed class ApiDocument(KernelDb db, RecordTypes types, Contributions contributions, RecordDoors doors)
{
    public static async Task WriteAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        var db = http.RequestServices.GetRequiredService<KernelDb>();
        if ((await db.RightsAsync(ct)).UserId is null)
            throw new ApiRefusal(Problem.Unauthorized);
        var document = await ActivatorUtilities.CreateInstance<ApiDocument>(http.RequestServices).MakeAsync(ct);
        using var json = new MemoryStream();
        await document.SerializeAsJsonAsync(json, OpenApiSpecVersion.OpenApi3_1, ct);
        await http.AnswerAsync(200, json.ToArray());
    }

    /// <summary>The types that somebody has, in the modules' order.</summary>
    public IEnumerable<RecordType> Of(Rights rights) => types.All.Where(t => rights.May(t.ViewPermission) && contributions.IsOn(t.GetType(), rights));

    private async Task<OpenApiDocument> MakeAsync(CancellationToken ct)
    {
        var rights = await db.RightsAsync(ct);
        var document = new OpenApiDocument
        {
            Info = new OpenApiInfo { Title = "CRM Server", Version = "v1", Description = "Every record type that you may see, with its fields and deeds." },
            Paths = [],
            Components = new OpenApiComponents
            {
                Schemas = ApiSchemas.Common(),
                SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme> { ["token"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" } },
            },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("token", document)] = [] }];
        foreach (var type in Of(rights))
        {
            var fields = await doors.Of(type).FieldsAsync(ct);
            document.Components.Schemas![type.Name] = ApiSchemas.Record(fields, document);
            if (!type.IsUnion)
            {
                document.Components.Schemas[type.Name + ".new"] = ApiSchemas.Written(fields.Where(f => FieldRights.MayWrite(f, rights, creating: true)), required: true);
                document.Components.Schemas[type.Name + ".change"] = ApiSchemas.Written(fields.Where(f => FieldRights.MayWrite(f, rights, creating: false)), required: false);
            }

            AddPaths(document, type);
        }

        document.Paths[$"{RecordApi.Root}/search"] = new ApiOperations(document, "search", "Search").Search();
        return document;
    }

    private static void AddPaths(OpenApiDocument document, RecordType type)
    {
        var operations = new ApiOperations(document, type.Name, type.PluralLabel);
        var root = $"{RecordApi.Root}/{type.Plural}";
        document.Paths[root] = operations.Collection(type.IsUnion);
        document.Paths[root + "/summary"] = operations.Summary();
        document.Paths[root + "/{id}"] = operations.Record(type.IsUnion);
        document.Paths[root + "/{id}/timeline"] = operations.Timeline();
        if (type.IsUnion)
            return;
        document.Paths[root + "/bin"] = operations.Bin();
        document.Paths[root + "/{id}/restore"] = operations.End("restore", "Take one out of the bin");
        document.Paths[root + "/{id}/purge"] = operations.End("purge", "Remove one from the bin for good");
        if (type.IsErasable)
        {
            document.Paths[root + "/{id}/erase"] = operations.End("erase", "Erase everything that one says", ApiSchemas.Object(("name", ApiSchemas.Text()), ("reason", ApiSchemas.Text())));
            document.Paths[root + "/{id}/report"] = operations.Report();
        }

        foreach (var deed in KernelDeeds.Of(type))
            document.Paths[$"{root}/{{id}}/{deed.Name}"] = operations.Deed(deed);
    }
}
