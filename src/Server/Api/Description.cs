using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MaritimeWatch.Server.Access;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace MaritimeWatch.Server.Api;

/// <summary>
/// The description of this interface for machines, OpenAPI 3.1. Routes, parameters and bodies come from the program; what they mean, their
/// ranges and what is answered stand in <c>description.json</c>, in a shorthand that <see cref="Shorthand"/> reads.
/// </summary>
internal static class Description
{
    private static readonly Lazy<JsonObject> Said = new(() => JsonNode.Parse(typeof(Description).Assembly.GetManifestResourceStream("description.json")!)!.AsObject());

    public static void Add(IServiceCollection services) => services.AddOpenApi(options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer(Whole);
    });

    private static Task Whole(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        var said = Said.Value;
        document.Info = new OpenApiInfo
        {
            Title = "MaritimeWatch", Version = "1",
            Description = said["about"]!.GetValue<string>(),
            License = new OpenApiLicense { Name = "as the installation says" },
        };
        document.Servers = [];
        document.Tags = new HashSet<OpenApiTag>();
        document.Components ??= new OpenApiComponents();
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        foreach (var (name, schema) in said["schemas"]!.AsObject())
        {
            document.Components.Schemas[name] = Shorthand.Read(schema!, document);
        }

        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["session"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = "maritimewatch", Description = "Session of a person who signed in. Whatever changes something also needs the scheme ownHeader." },
            ["ownHeader"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = Gate.OwnHeader, Description = "Any value. A form of another site cannot set it." },
            ["key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "mw_…", Description = $"Key of a program, made at /api/keys. Scopes: {string.Join(", ", Scopes.All)}." },
        };
        var scopes = context.DescriptionGroups.SelectMany(g => g.Items).ToLookup(d => $"{d.HttpMethod} /{d.RelativePath}", d => d.ActionDescriptor.EndpointMetadata.OfType<Scopes.Scope>().FirstOrDefault()?.Name);
        foreach (var (path, item) in document.Paths)
        {
            foreach (var (method, operation) in item.Operations ?? [])
            {
                var key = $"{method.Method.ToUpperInvariant()} {path}";
                if (said["routes"]![key] is JsonObject words)
                {
                    Tell(operation, words, document, method == HttpMethod.Get, scopes[key].FirstOrDefault());
                }
            }
        }

        // What the framework guessed of answers that are now described.
        foreach (var guessed in document.Components.Schemas.Keys.Where(n => n.StartsWith("AnonymousType", StringComparison.Ordinal) || n.StartsWith("SseItem", StringComparison.Ordinal)).ToList())
        {
            document.Components.Schemas.Remove(guessed);
        }

        if (said["routes"]!["GET /api/live"] is JsonObject live)
        {
            var socket = new OpenApiOperation { Responses = [] };
            Tell(socket, live, document, true, Scopes.Positions);
            document.Paths["/api/live"] = new OpenApiPathItem { Operations = new Dictionary<HttpMethod, OpenApiOperation> { [HttpMethod.Get] = socket } };
        }

        return Task.CompletedTask;
    }

    private static void Tell(OpenApiOperation operation, JsonObject words, OpenApiDocument document, bool reads, string? scope)
    {
        operation.Summary = words["summary"]!.GetValue<string>();
        operation.Description = words["note"]?.GetValue<string>();
        operation.Tags = new HashSet<OpenApiTagReference> { new(words["tag"]!.GetValue<string>(), document) };
        if (!document.Tags!.Any(t => t.Name == words["tag"]!.GetValue<string>()))
        {
            document.Tags!.Add(new OpenApiTag { Name = words["tag"]!.GetValue<string>() });
        }

        foreach (var (name, meaning) in words["query"] as JsonObject ?? [])
        {
            Parameter(operation, name, ParameterLocation.Query, meaning!, document);
        }

        foreach (var (name, meaning) in words["header"] as JsonObject ?? [])
        {
            Parameter(operation, name, ParameterLocation.Header, meaning!, document);
        }

        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>().Where(p => p.In == ParameterLocation.Path) ?? [])
        {
            parameter.Description ??= Said.Value["paths"]?[parameter.Name ?? ""]?.GetValue<string>();
        }

        if (words["body"] is { } body)
        {
            operation.RequestBody = new OpenApiRequestBody { Required = true, Content = new Dictionary<string, OpenApiMediaType> { [words["bodyType"]?.GetValue<string>() ?? "application/json"] = new() { Schema = Shorthand.Read(body, document) } } };
        }

        operation.Responses = [];
        var status = words["status"]?.GetValue<int>() ?? 200;
        operation.Responses[status.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
        {
            Description = words["answers"]?.GetValue<string>() ?? (status == 204 ? "Done." : "As the summary says."),
            Content = words["answer"] is { } answer ? (words["answerTypes"]?.AsArray().Select(t => t!.GetValue<string>()) ?? ["application/json"]).ToDictionary(t => t, t => new OpenApiMediaType { Schema = t.EndsWith("json", StringComparison.Ordinal) ? Shorthand.Read(answer, document) : new OpenApiSchema { Type = JsonSchemaType.String } }) : null,
        };
        var open = words["open"]?.GetValue<bool>() == true;
        foreach (var refused in (words["refuses"]?.AsArray().Select(c => c!.GetValue<int>()) ?? []).Concat(open ? [429] : [401, 403, 429]).Append(500).Distinct())
        {
            operation.Responses.TryAdd(refused.ToString(CultureInfo.InvariantCulture), new OpenApiResponse
            {
                Description = Said.Value["statuses"]![refused.ToString(CultureInfo.InvariantCulture)]!.GetValue<string>(),
                Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference("Problem", document) } },
            });
        }

        operation.Security = open ? [] : [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("session", document)] = [] }];
        if (!open && !reads)
        {
            operation.Security[0][new OpenApiSecuritySchemeReference("ownHeader", document)] = [];
        }

        if (scope is not null)
        {
            operation.Security!.Add(new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("key", document)] = [scope] });
        }
    }

    private static void Parameter(OpenApiOperation operation, string name, ParameterLocation place, JsonNode meaning, OpenApiDocument document)
    {
        operation.Parameters ??= [];
        var known = operation.Parameters.OfType<OpenApiParameter>().FirstOrDefault(p => p.In == place && p.Name == name);
        if (known is null)
        {
            operation.Parameters.Add(known = new OpenApiParameter { Name = name, In = place });
        }

        // "type; what it means"
        var text = meaning.GetValue<string>();
        known.Schema = Shorthand.Read(JsonValue.Create(text.Split(';')[0].Trim()), document);
        known.Description = text.Contains(';', StringComparison.Ordinal) ? text[(text.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim() : known.Description;
    }
}
