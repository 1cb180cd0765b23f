namespace MaritimeWatch.Server.Settings;

/// <summary>Section <c>Node</c>: who runs this watch.</summary>
internal sealed record NodeOptions
{
    public string Name { get; init; } = "local watch";

    /// <summary>Handling mark shown in the header.</summary>
    public string Tlp { get; init; } = "AMBER";

    /// <summary>The same mark; amber when the text is none.</summary>
    public Alerts.Tlp Handling => Enum.TryParse<Alerts.Tlp>(Tlp.Replace("+", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var read) && Enum.IsDefined(read) ? read : Alerts.Tlp.Amber;

    /// <summary>Folder for the store, keys and mails, from the root of the house.</summary>
    public string DataFolder { get; init; } = "data";

    /// <summary>True when the feeds are a simulator's: everything is marked EXERCISE, and its time runs at <c>Exercise:Speed</c>.</summary>
    public bool Exercise { get; init; }

    /// <summary>What this process does: <c>ingest</c>, <c>work</c>, <c>web</c>, in any combination.</summary>
    public string Roles { get; init; } = "ingest,work,web";
}

/// <summary>Section <c>Store</c>.</summary>
internal sealed record StoreOptions
{
    /// <summary>The one key that chooses the store: <c>sqlite</c> is the embedded one, <c>cosmos</c> the one that several machines share.</summary>
    public string Kind { get; init; } = "sqlite";

    /// <summary>Address of the Cosmos DB account.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Key of the account: a secret, given as the environment variable <c>Store__Key</c>.</summary>
    public string? Key { get; init; }

    /// <summary>Database; the exercise has one of its own by default.</summary>
    public string? Database { get; init; }

    /// <summary>Most request units a second that all containers share, 1,000 or more; asked for by <c>store init</c>.</summary>
    public int? MostRequestUnits { get; init; }
}

/// <summary>Section <c>Jobs</c>: where Hangfire keeps its queue.</summary>
internal sealed record JobsOptions
{
    /// <summary><c>memory</c> on one machine, <c>postgres</c> where several share the work.</summary>
    public string Storage { get; init; } = "memory";

    /// <summary>Connection to PostgreSQL; with a password it is given as the environment variable <c>Jobs__Connection</c>.</summary>
    public string? Connection { get; init; }
}

/// <summary>An entry of section <c>Feeds</c>.</summary>
internal sealed record FeedOptions
{
    /// <summary>Shown on the pill; the source when empty.</summary>
    public string? Name { get; init; }

    /// <summary>Its address, a file, a folder, or <c>exercise</c>: see <see cref="Watch.FeedSources"/>.</summary>
    public string Source { get; init; } = "";

    /// <summary>Key of an aisstream.io subscription: a secret, given as the environment variable <c>Feeds__0__Key</c>.</summary>
    public string? Key { get; init; }

    /// <summary>Area of an aisstream.io subscription: south, west, north, east in degrees; the whole world when empty.</summary>
    public string? Area { get; init; }

    /// <summary>User at an MQTT broker, given as the environment variable <c>Feeds__0__User</c>.</summary>
    public string? User { get; init; }

    /// <summary>Password at an MQTT broker: a secret, given as the environment variable <c>Feeds__0__Password</c>.</summary>
    public string? Password { get; init; }

    /// <summary>Time between two questions to an HTTP source, 5 s to 1 h; and between two looks into a watched folder.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>True when a folder is watched for new files; else its files are read as they are at the start.</summary>
    public bool Watch { get; init; }
}

/// <summary>An entry of section <c>Registers</c>: a flag register as a CSV file.</summary>
internal sealed record RegisterOptions
{
    public string Name { get; init; } = "";

    public string File { get; init; } = "";

    /// <summary>Date of the extract; the file's own date when empty.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Card with the column names; the common one when empty.</summary>
    public string? Card { get; init; }
}

/// <summary>Section <c>Exercise</c>.</summary>
internal sealed record ExerciseOptions
{
    /// <summary>Simulated seconds a second, 0.1 to 3,600.</summary>
    public double Speed { get; init; } = 20;

    /// <summary>Time at the start of the scenario that is read as fast as possible, so that a first visitor sees a watch under way.</summary>
    public TimeSpan LeadIn { get; init; } = TimeSpan.FromHours(7);

    /// <summary>How much of the scenario is played; all of it when empty.</summary>
    public TimeSpan? Length { get; init; }
}

/// <summary>Section <c>Assessment</c>: thresholds a centre may set.</summary>
internal sealed record AssessmentOptions
{
    /// <summary>Silences up to this are not judged; 30 min to 48 h.</summary>
    public TimeSpan LeastSilence { get; init; } = TimeSpan.FromHours(1);

    /// <summary>An open silence is judged anew until it is this old; after that she has left this watch.</summary>
    public TimeSpan OpenFor { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Share of alerts whose score is shown only after the analyst's own judgement, 0 to 0.5.</summary>
    public double BlindShare { get; init; } = 0.1;

    /// <summary>The longest time a suspension may run; 1 day to a year.</summary>
    public TimeSpan LongestSuspension { get; init; } = TimeSpan.FromDays(90);
}

/// <summary>Section <c>Retention</c>: how long each class of data is kept.</summary>
internal sealed record RetentionOptions
{
    /// <summary>Tracks in full; after that a fix in ten minutes. 1 day or more.</summary>
    public TimeSpan FullTracks { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Thinned tracks; after that they are deleted. Not shorter than <see cref="FullTracks"/>.</summary>
    public TimeSpan ThinnedTracks { get; init; } = TimeSpan.FromDays(400);

    /// <summary>Rejected lines; their counts stay.</summary>
    public TimeSpan Rejections { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Records as they were received, on the machine that reads the feed; zero keeps none, else 1 hour or more.</summary>
    public TimeSpan RawRecords { get; init; } = TimeSpan.FromDays(30);
}

/// <summary>Section <c>Registry</c>: how flag registers answer here.</summary>
internal sealed record RegistryOptions
{
    /// <summary>Flags (ISO 3166-1 alpha-2) whose statements a second official approves; <c>*</c> means every flag.</summary>
    public List<string> SecondApproval { get; init; } = [];

    /// <summary>True when a statement of the flag waits for a second official.</summary>
    public bool NeedsTwo(Units.FlagState flag) => SecondApproval.Contains("*") || SecondApproval.Contains(flag.Code);
}

/// <summary>All settings, read once at start; an unknown key or a value out of range is refused with one line.</summary>
internal sealed record Settings
{
    public NodeOptions Node { get; init; } = new();

    public StoreOptions Store { get; init; } = new();

    public JobsOptions Jobs { get; init; } = new();

    public List<FeedOptions> Feeds { get; init; } = [];

    public List<RegisterOptions> Registers { get; init; } = [];

    public ExerciseOptions Exercise { get; init; } = new();

    public AssessmentOptions Assessment { get; init; } = new();

    public RetentionOptions Retention { get; init; } = new();

    public Mail.MailOptions Mail { get; init; } = new();

    public RegistryOptions Registry { get; init; } = new();

    public OpenIdOptions OpenId { get; init; } = new();

    private static readonly string[] Sections = ["Node", "Store", "Jobs", "Feeds", "Registers", "Exercise", "Assessment", "Retention", "Mail", "Registry", "OpenId"];

    /// <summary>What this process does.</summary>
    public Watch.Duties Duties => Enum.Parse<Watch.Duties>(Node.Roles, ignoreCase: true);

    /// <exception cref="Feeds.InputException">A key is unknown or a value is out of range.</exception>
    public static Settings From(IConfiguration configuration)
    {
        var settings = new Settings();
        try
        {
            foreach (var section in Sections)
            {
                Bind(configuration, section);
            }

            settings = configuration.Get<Settings>() ?? settings;
        }
        catch (InvalidOperationException e)
        {
            throw new Feeds.InputException($"Settings: {e.InnerException?.Message ?? e.Message}", e);
        }

        foreach (var (feed, i) in settings.Feeds.Select((f, i) => (f, i)))
        {
            Check(feed.Interval >= TimeSpan.FromSeconds(5) && feed.Interval <= TimeSpan.FromHours(1), $"Feeds:{i}:Interval", "00:00:05 to 01:00:00", feed.Interval);
            Watch.FeedSources.Check(feed, $"Feeds:{i}");
        }

        Check(settings.Exercise.Speed is >= 0.1 and <= 3600, "Exercise:Speed", "0.1 to 3600", settings.Exercise.Speed);
        Check(settings.Assessment.LeastSilence >= TimeSpan.FromMinutes(30) && settings.Assessment.LeastSilence <= TimeSpan.FromHours(48), "Assessment:LeastSilence", "00:30:00 to 2.00:00:00", settings.Assessment.LeastSilence);
        Check(settings.Assessment.BlindShare is >= 0 and <= 0.5, "Assessment:BlindShare", "0 to 0.5", settings.Assessment.BlindShare);
        Check(settings.Assessment.LongestSuspension >= TimeSpan.FromDays(1) && settings.Assessment.LongestSuspension <= TimeSpan.FromDays(366), "Assessment:LongestSuspension", "1.00:00:00 to 366.00:00:00", settings.Assessment.LongestSuspension);
        Check(settings.Retention.RawRecords == TimeSpan.Zero || settings.Retention.RawRecords >= TimeSpan.FromHours(1), "Retention:RawRecords", "00:00:00 or 01:00:00 and more", settings.Retention.RawRecords);
        Check(settings.Retention.FullTracks >= TimeSpan.FromDays(1) && settings.Retention.ThinnedTracks >= settings.Retention.FullTracks, "Retention:FullTracks and Retention:ThinnedTracks", "1.00:00:00 or more, and thinned tracks kept at least as long as full ones", $"{settings.Retention.FullTracks} and {settings.Retention.ThinnedTracks}");
        Check(settings.Store.Kind is "sqlite" or "cosmos", "Store:Kind", "sqlite or cosmos", settings.Store.Kind);
        Check(settings.Store.Kind == "sqlite" || (settings.Store.Endpoint is not null && settings.Store.Key is not null), "Store:Endpoint and Store:Key", "the account's address and key, since Store:Kind is cosmos", "one of them empty");
        Check(settings.Store.MostRequestUnits is null or (>= 1000 and <= 1_000_000), "Store:MostRequestUnits", "1000 to 1000000", settings.Store.MostRequestUnits ?? 0);
        Check(settings.Jobs.Storage is "memory" or "postgres", "Jobs:Storage", "memory or postgres", settings.Jobs.Storage);
        Check(settings.Jobs.Storage == "memory" || settings.Jobs.Connection is not null, "Jobs:Connection", "a connection to PostgreSQL, since Jobs:Storage is postgres", "nothing");
        foreach (var (key, expected, found) in settings.OpenId.Faults())
        {
            Check(false, key, expected, found);
        }

        Check(settings.Registry.SecondApproval.All(f => f == "*" || (Units.FlagState.TryParse(f, out var flag) && flag.Code == f)), "Registry:SecondApproval", "flags as two capital letters, or *", string.Join(", ", settings.Registry.SecondApproval));
        Check(Enum.TryParse<Watch.Duties>(settings.Node.Roles, ignoreCase: true, out var roles) && roles is > 0 and <= Watch.Duties.All, "Node:Roles", "ingest, work, web, or several with commas", settings.Node.Roles);
        return settings;
    }

    private static void Bind(IConfiguration configuration, string name)
    {
        var section = configuration.GetSection(name);
        object target = name switch
        {
            "Node" => new NodeOptions(),
            "Store" => new StoreOptions(),
            "Jobs" => new JobsOptions(),
            "Feeds" => new List<FeedOptions>(),
            "Registers" => new List<RegisterOptions>(),
            "Exercise" => new ExerciseOptions(),
            "Assessment" => new AssessmentOptions(),
            "Retention" => new RetentionOptions(),
            "Registry" => new RegistryOptions(),
            "OpenId" => new OpenIdOptions(),
            _ => new Mail.MailOptions(),
        };
        section.Bind(target, options => options.ErrorOnUnknownConfiguration = true);
    }

    private static void Check(bool holds, string key, string expected, object found)
    {
        if (!holds)
        {
            throw new Feeds.InputException($"Setting {key}: expected {expected}, found {found}.");
        }
    }
}
