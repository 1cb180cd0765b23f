using System.Text.Json.Nodes;
using MaritimeWatch.Identity;

namespace MaritimeWatch.Storage.Cosmos;

/// <summary>The texts under which hulls are found: fields beside each claim, which the service indexes. A hull's key is the partition her claims are read from.</summary>
internal sealed class CosmosSearchIndex(CosmosDatabase database) : ISearchIndex
{
    private const string Claims = "WHERE c.kind = 'claim' AND c.first = true AND";

    private const int MostClaims = 500;

    /// <summary>The texts of a claim as fields of its item. A name with a second form has it in a field of its own.</summary>
    public static IEnumerable<(string Field, JsonNode? Value)> Fields(IdentityClaim claim)
    {
        foreach (var field in Enum.GetValues<SearchField>())
        {
            var forms = SearchTerm.Folded(field, SearchTerm.Stated(claim, field));
            yield return (FieldOf(field), forms.Count > 0 ? forms[0] : null);
            if (field == SearchField.Name && forms.Count > 1)
            {
                yield return ("otherName", forms[1]);
            }
        }
    }

    public ValueTask<IReadOnlyList<HeldTerm>> EqualAsync(SearchField field, IReadOnlyCollection<string> texts, int limit, CancellationToken cancel)
    {
        var wanted = texts.ToHashSet(StringComparer.Ordinal);
        return AskAsync(field, EitherName(field, f => $"ARRAY_CONTAINS(@texts, c.{f})"), t => wanted.Contains(t.Text), limit, cancel, ("@texts", texts.ToArray()));
    }

    public ValueTask<IReadOnlyList<HeldTerm>> BeginAsync(SearchField field, string text, int limit, CancellationToken cancel) =>
        AskAsync(field, EitherName(field, f => $"STARTSWITH(c.{f}, @text)"), t => t.Text.Length > text.Length && t.Text.StartsWith(text, StringComparison.Ordinal), limit, cancel, ("@text", text));

    public ValueTask<IReadOnlyList<HeldTerm>> HoldAsync(IReadOnlyList<string[]> sets, int limit, CancellationToken cancel)
    {
        var parts = sets.SelectMany(s => s).Distinct().ToList();
        var condition = EitherName(SearchField.Name, f => string.Join(" OR ", sets.Select(set => string.Join(" AND ", set.Select(p => $"CONTAINS(c.{f}, @p{parts.IndexOf(p)})")))));
        return AskAsync(SearchField.Name, condition, t => sets.Any(set => set.All(p => t.Text.Contains(p, StringComparison.Ordinal))), limit, cancel, [.. parts.Select((p, i) => ($"@p{i}", (object)p))]);
    }

    public async ValueTask<IReadOnlyDictionary<string, IReadOnlyList<IdentityClaim>>> ClaimsAsync(IReadOnlyCollection<string> hulls, CancellationToken cancel)
    {
        var claims = new Dictionary<string, IReadOnlyList<IdentityClaim>>();
        foreach (var hull in hulls)
        {
            var hers = new List<IdentityClaim>();
            await foreach (var item in database.QueryAsync<IdentityClaim>(CosmosContainers.Vessels, hull, "WHERE c.vessel = @key AND c.kind = 'claim'", null, cancel, ("@key", hull)))
            {
                hers.Add(item.Value);
            }

            claims[hull] = [.. hers.Where(c => HullOf(c) == hull).OrderByDescending(c => c.LastSeen).ThenBy(c => c.Id, StringComparer.Ordinal).Take(MostClaims)];
        }

        return claims;
    }

    /// <remarks>Without ORDER BY and TOP, for which the SDK would rewrite the query and ask every partition first.</remarks>
    private async ValueTask<IReadOnlyList<HeldTerm>> AskAsync(SearchField field, string condition, Func<SearchTerm, bool> holds, int limit, CancellationToken cancel, params (string Name, object Value)[] values)
    {
        var found = new List<HeldTerm>();
        await foreach (var claim in database.QueryAsync<IdentityClaim>(CosmosContainers.Vessels, null, $"{Claims} ({condition})", null, cancel, values))
        {
            found.AddRange(SearchTerm.Of(claim.Value).Where(t => t.Field == field && holds(t)).Select(t => new HeldTerm(t, HullOf(claim.Value))));
            if (found.Count >= limit)
            {
                break;
            }
        }

        return [.. found.Distinct()];
    }

    private static string EitherName(SearchField field, Func<string, string> condition) => field == SearchField.Name ? $"{condition(FieldOf(field))} OR {condition("otherName")}" : condition(FieldOf(field));

    private static string FieldOf(SearchField field) => field switch { SearchField.ImoNumber => "imoText", SearchField.Mmsi => "mmsiText", SearchField.CallSign => "callSign", _ => "name" };

    private static string HullOf(IdentityClaim claim) =>
        claim.Imo is { } imo ? CosmosIdentityStore.KeyOf(imo) : claim.Mmsi is { } mmsi ? CosmosIdentityStore.KeyOf(mmsi) : $"id:{CosmosId.Of(claim.Id)}";
}
