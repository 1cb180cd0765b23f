using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;
using MaritimeWatch.Identity;
using MaritimeWatch.Integration.Commands;
using MaritimeWatch.Integration.Stores;
using MaritimeWatch.Records;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Storage;
using MaritimeWatch.Support;
using MaritimeWatch.Units;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace MaritimeWatch.Integration.Api;

/// <summary>The description for machines is whole, valid, and says what is answered.</summary>
public sealed class DescriptionTests(ITestOutputHelper output) : ConsoleTest
{
    private const string Hull = "mmsi:235000001";

    // What a sample call needs beyond ids.
    private static readonly Dictionary<string, string> Asked = new(StringComparer.Ordinal)
    {
        ["/api/rejections"] = "?feed=feed&limit=1", ["/api/search"] = "?q=ALPHA", ["/api/registry/questions"] = "?state=open", ["/api/registry/statements"] = $"?vessel={Hull}", ["/api/registry/fleet"] = "?flag=PA", ["/api/reception"] = "?class=a",
        ["/api/vessels/{vesselId}/track"] = "?from=2026-03-14T00:00:00Z&to=2026-03-15T00:00:00Z", ["/api/alerts"] = "?limit=1", ["/api/findings"] = "?limit=1",
    };

    protected override async Task FillAsync(IStore store)
    {
        await store.Tracks.CommitAsync(
            Samples.Batch((Samples.Ship, Samples.FixAt(1)), (Samples.Ship, Samples.FixAt(40))) with { Claims = [Samples.Claim("ALPHA", 1), Samples.Claim("ALPHA", 2) with { Source = "register", Origin = ClaimOrigin.Register, Flag = FlagState.Parse("PA"), Reference = "r" }], Rejections = [new Rejection("feed", "line 1", null, "!", "bad"), new Rejection("feed", "line 2", "lat", "91", "bad")] }, Cancel);
        await store.Identities.AddInspectionsAsync([new Inspection { Source = "s", Port = "P", Authority = "MCA", Mmsi = Samples.Ship, Deficiencies = 3, Detained = true }], Cancel);
        await store.Identities.AddListingsAsync([new Listing { Source = "s", ListName = "l", Name = "ALPHA", Mmsi = Samples.Ship }], Cancel);
        await store.Identities.AddDecisionsAsync([new HullDecision("d", [], ["c"], null, "because", "by", Samples.Noon)], Cancel);
        foreach (var (id, hour) in new[] { ("f1", 0), ("f2", 1) })
        {
            await store.Findings.SaveAsync(Samples.Finding(id, hour: hour) with { EndTime = Samples.Noon.AddHours(3), End = new GeoPoint(51, 0) }, Samples.Noon, Cancel);
            await store.Cases.ApplyAsync(Samples.Raise(id), Cancel);
            await store.Cases.ApplyAsync(Samples.Release(id), Cancel);
        }

        await store.Registry.ApplyAsync(Samples.Stated(Samples.Noon.AddHours(2)), Cancel);
        await store.Keys.AddAsync(Samples.Key("k1", "aa"), Samples.Note(), Cancel);
    }

    [Fact]
    public async Task It_is_a_valid_OpenAPI_3_1_document_in_which_every_route_stands_with_words_answers_and_what_it_takes_to_come_in()
    {
        var text = await TextAsync();
        Assert.StartsWith("3.1.", JsonNode.Parse(text)!["openapi"]!.GetValue<string>(), StringComparison.Ordinal);
        var read = OpenApiDocument.Parse(text, "json");
        Assert.Empty(read.Diagnostic!.Errors.Select(e => $"{e.Pointer}: {e.Message}"));
        Assert.Empty(read.Diagnostic.Warnings.Select(e => $"{e.Pointer}: {e.Message}"));
        var described = JsonNode.Parse(text)!["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => (Key: $"{o.Key.ToUpperInvariant()} {p.Key}", Operation: o.Value!.AsObject()))).ToDictionary(o => o.Key, o => o.Operation);
        var mapped = Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(m => $"{m} /{e.RoutePattern.RawText!.TrimStart('/')}"))
            .Where(r => !r.Contains(" /jobs/", StringComparison.Ordinal) && r != "GET /api/openapi.json").Order(StringComparer.Ordinal).ToList();
        Assert.Equal(mapped, described.Keys.Order(StringComparer.Ordinal));
        var faults = new List<string>();
        foreach (var (route, operation) in described)
        {
            if (operation["summary"]?.GetValue<string>() is not { Length: > 0 } || operation["tags"] is null || (operation["security"] is null && operation["responses"]!["403"] is not null && route != "POST /api/session"))
            {
                faults.Add($"{route}: write its summary, tag and answer into src/Server/Api/description.json");
                continue;
            }

            var responses = operation["responses"]!.AsObject();
            faults.AddRange(responses.Where(r => r.Key[0] is '4' or '5' && r.Value!["content"]?["application/problem+json"]?["schema"] is null).Select(r => $"{route}: {r.Key} without problem details"));
            faults.AddRange(!responses.Any(r => r.Key[0] is '1' or '2' or '3') ? [$"{route}: says no answer"] : []);
            faults.AddRange(responses.Where(r => r.Key == "200" && r.Value!["content"] is null).Select(r => $"{route}: 200 without a body"));
            faults.AddRange((operation["parameters"]?.AsArray() ?? []).Where(p => p!["schema"] is null || string.IsNullOrEmpty(p["description"]?.GetValue<string>())).Select(p => $"{route}: parameter {p!["name"]} without schema or meaning"));
            faults.AddRange(Regex.Matches(route, @"\{(\w+)\}").Select(m => m.Groups[1].Value).Where(n => operation["parameters"]?.AsArray().Any(p => p!["name"]!.GetValue<string>() == n && p["in"]!.GetValue<string>() == "path") != true).Select(n => $"{route}: {{{n}}} is not described"));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        var schemes = JsonNode.Parse(text)!["components"]!["securitySchemes"]!.AsObject();
        Assert.Equal(["key", "ownHeader", "session"], schemes.Select(s => s.Key).Order(StringComparer.Ordinal));
        Assert.Contains("\"scheme\": \"bearer\"", schemes["key"]!.ToJsonString(new JsonSerializerOptions { WriteIndented = true }), StringComparison.Ordinal);
        Assert.Equal(Gate.OwnHeader, schemes["ownHeader"]!["name"]!.GetValue<string>());
        foreach (var (route, latDeg) in new[] { ("Place", "latDeg"), ("FindingAnswer", "probability") })
        {
            Assert.NotNull(JsonNode.Parse(text)!["components"]!["schemas"]![route]!["properties"]![latDeg]!["maximum"]);
        }
    }

    [Fact]
    public async Task What_is_answered_fits_its_schema_with_nothing_missing_and_nothing_beside()
    {
        var document = JsonNode.Parse(await TextAsync())!;
        var (faults, seen) = (new List<string>(), 0);
        foreach (var (path, item) in document["paths"]!.AsObject())
        {
            if (item!["get"] is not JsonObject operation || path is "/api/events" or "/api/live" or "/api/session/openid" or "/alerts/{alertId}")
            {
                continue;
            }

            var address = Regex.Replace(path, @"\{(\w+)\}", m => m.Groups[1].Value switch { "caseId" => "f1", "vesselId" => Hull, "flag" => "PA", _ => "none" }) + Asked.GetValueOrDefault(path, "");
            foreach (var asked in new[] { address, Regex.Replace(path, @"\{(\w+)\}", "none") + "?limit=none&attribute=none&bbox=none&class=none&state=none" })
            {
                using var answer = await Person.GetRawAsync(asked);
                var status = ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
                var type = answer.Content.Headers.ContentType?.MediaType ?? "";
                if (operation["responses"]![status]?["content"]?[type]?["schema"] is not { } schema)
                {
                    faults.Add($"GET {asked}: {status} {type} is not described");
                }
                else if (type == "application/json" || type.EndsWith("+json", StringComparison.Ordinal))
                {
                    seen++;
                    var found = Strict(schema, document).Evaluate(JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true });
                    faults.AddRange(found.IsValid ? [] : (found.Details ?? []).Where(d => d.Errors is { Count: > 0 }).Select(d => $"GET {asked}: {d.InstanceLocation} {string.Join("; ", d.Errors!.Values)}").Take(6));
                }
            }
        }

        output.WriteLine($"{seen} answers hold what the description says.");
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(seen > 50);
    }

    /// <summary>The schema with all it refers to, and with members it does not name refused.</summary>
    private static JsonSchema Strict(JsonNode schema, JsonNode document)
    {
        var whole = JsonNode.Parse(schema.ToJsonString())!.AsObject();
        whole["$defs"] = JsonNode.Parse(document["components"]!["schemas"]!.ToJsonString());
        Close(whole);
        return JsonSchema.FromText(whole.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal));
    }

    private static void Close(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            list.ToList().ForEach(Close);
        }

        if (node is JsonObject members)
        {
            if (members["properties"] is JsonObject && members["type"] is not null)
            {
                members["additionalProperties"] = false;
            }

            members.ToList().ForEach(m => Close(m.Value));
        }
    }

    private async Task<string> TextAsync()
    {
        using var answer = await Person.GetRawAsync("/api/openapi.json");
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync(Cancel);
    }
}
