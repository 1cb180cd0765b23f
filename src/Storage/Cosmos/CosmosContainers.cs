using Microsoft.Azure.Cosmos;

namespace MaritimeWatch.Storage.Cosmos;

/// <summary>A container: what divides it, and which fields are indexed. Bodies never are.</summary>
/// <param name="Name">Its name in the database.</param>
/// <param name="KeyField">Field of the partition key.</param>
/// <param name="Indexed">Fields that queries ask for, beside id and key.</param>
internal sealed record CosmosContainer(string Name, string KeyField, params string[] Indexed)
{
    public ContainerProperties Properties
    {
        get
        {
            var policy = new IndexingPolicy { IndexingMode = IndexingMode.Consistent, Automatic = true };
            foreach (var indexed in Indexed.Append(KeyField))
            {
                policy.IncludedPaths.Add(new IncludedPath { Path = $"/{indexed}/?" });
            }

            policy.ExcludedPaths.Add(new ExcludedPath { Path = "/*" });

            // -1: items live until retention takes them, or until a time to live of their own.
            return new ContainerProperties(Name, $"/{KeyField}") { IndexingPolicy = policy, DefaultTimeToLive = -1 };
        }
    }
}

/// <summary>The containers (decision 0006 says why they are divided so).</summary>
internal static class CosmosContainers
{
    /// <summary>Vessel-hour chunks: id <c>h:2026-11-23T14</c>.</summary>
    public static readonly CosmosContainer Tracks = new("tracks", "mmsi", "hour");

    /// <summary>What was committed and is not yet in chunks: id from hour, sequence and content.</summary>
    public static readonly CosmosContainer Journal = new("journal", "feed", "hour", "seq");

    /// <summary>Last fixes, many vessels to an item.</summary>
    public static readonly CosmosContainer Latest = new("latest", "bucket");

    /// <summary>Which vessels were in a cell of one degree in an hour.</summary>
    public static readonly CosmosContainer CellHours = new("cellHours", "cellDay", "hour");

    /// <summary>Claims and list entries, once under each number they name.</summary>
    public static readonly CosmosContainer Vessels = new("vessels", "vessel", "kind", "first", "broadcast", "mmsiText", "imoText", "callSign", "name", "otherName", "lastSeen", "_ts");

    /// <summary>Revisions of findings, and beside each vessel the current ones.</summary>
    public static readonly CosmosContainer Findings = new("findings", "finding", "kind", "start");

    /// <summary>Cases, each with its alerts, the mails owed and the audit notes not yet on the chain.</summary>
    public static readonly CosmosContainer Cases = new("cases", "case", "opened", "owes", "mails");

    /// <summary>Suspensions, each with the audit notes not yet on the chain.</summary>
    public static readonly CosmosContainer Suspensions = new("suspensions", "suspension", "owes");

    /// <summary>Registry files, each with its notices, the mails owed, and what is not yet on the chain or the list of candidates; and subscriptions.</summary>
    public static readonly CosmosContainer Registry = new("registry", "file", "kind", "flag", "hull", "deadline", "owes", "mails");

    /// <summary>Versions of rules and drawn areas, each with the audit note not yet on the chain.</summary>
    public static readonly CosmosContainer Rules = new("rules", "of", "kind", "owes");

    /// <summary>The audit chain: id is the number.</summary>
    public static readonly CosmosContainer Audit = new("audit", "chain", "number", "note");

    /// <summary>Vessels that wait for a judgement.</summary>
    public static readonly CosmosContainer Candidates = new("candidates", "id", "since");

    /// <summary>Lines refused, by feed and commit.</summary>
    public static readonly CosmosContainer Rejections = new("rejections", "feed", "place", "kept");

    /// <summary>Checkpoints, leases, accounts and the state of closing.</summary>
    public static readonly CosmosContainer State = new("state", "id", "kind");

    public static IReadOnlyList<CosmosContainer> All { get; } =
        [Tracks, Journal, Latest, CellHours, Vessels, Findings, Cases, Suspensions, Registry, Rules, Audit, Candidates, Rejections, State];
}
