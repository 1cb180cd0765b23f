using System.Text.Json;

namespace MaritimeWatch.Feeds.Exercise;

/// <summary>
/// The EXERCISE: a made-up day in a real strait, sent as AIVDM sentences through the same door as a live feed, with
/// truths that tests read. The folder holds <c>scenario.json</c>, <c>truths.json</c> and <c>registry.csv</c>.
/// </summary>
public sealed class ExerciseScenario
{
    private readonly ScenarioFile file;

    private ExerciseScenario(string folder, ScenarioFile file)
    {
        this.file = file;
        RegistryPath = Path.Combine(folder, "registry.csv");
        TruthsPath = Path.Combine(folder, "truths.json");
        var identities = new IdentityMaker(file);
        Ships = new SingleMaker(file, identities).MakeAll(new FleetMaker(file, identities));
        RegistryLines = new RegistryExtract(file, Ships, identities).Lines();
        Truths = file.Events.Length > 0 && File.Exists(TruthsPath) ? JsonSerializer.Deserialize<ExerciseTruths>(File.ReadAllBytes(TruthsPath), ScenarioFile.Json)!.Truths : [];
    }

    public DateTimeOffset Start => file.Start;

    public DateTimeOffset End => file.Start.AddHours(file.Hours);

    /// <summary>The word that every sentence, destination and file carries: EXERCISE.</summary>
    public string Mark => file.Mark;

    public IReadOnlyList<Receiver> Receivers => file.Receivers;

    public IReadOnlyList<ExerciseTruth> Truths { get; }

    /// <summary>The made-up extract of flag registers.</summary>
    public string RegistryPath { get; }

    /// <summary>The file of truths.</summary>
    public string TruthsPath { get; }

    /// <summary>Number of ships over the whole day; some of them only before or after they are in range.</summary>
    public int ShipCount => Ships.Count;

    internal ScenarioFile Description => file;

    internal IReadOnlyList<ExerciseShip> Ships { get; }

    /// <summary>The lines of the register extract that belong to the scenario.</summary>
    internal IReadOnlyList<string> RegistryLines { get; }

    /// <summary>The truths as the scenario's numbers have them; <see cref="Truths"/> are those of the file.</summary>
    internal ExerciseTruths DeriveTruths() => new(Mark, new TruthMaker(file, Ships).Make());

    /// <exception cref="FileNotFoundException">The folder holds no scenario.</exception>
    public static ExerciseScenario Load(string folder) => new(folder, ScenarioFile.Read(Path.Combine(folder, "scenario.json")));

    /// <summary>
    /// The same water, stations and fleets with other ships on another day, and nothing else: no single ship and no event. A day
    /// of traffic of which it is known that nothing was done to it.
    /// </summary>
    /// <param name="seed">Draws the ships and their ways.</param>
    /// <param name="start">Start of the day.</param>
    public ExerciseScenario Quiet(long seed, DateTimeOffset start) =>
        new(Path.GetDirectoryName(TruthsPath)!, file with { Seed = seed, Start = start, Singles = [], Events = [] });

    /// <summary>What the stations hear of every ship over the whole day, at most one fix a minute, without sentences. Changes of identity are left out.</summary>
    public IEnumerable<HeardShip> Heard() => Ships.Select(s => HeardShips.Of(file, s)).Where(s => s.Fixes.Count > 0);

    /// <summary>
    /// All lines in order of delivery; with <paramref name="from"/>, exactly those delivered at or after that time. The
    /// last lines may be delivered a second after <see cref="End"/>. Each call is a run of its own.
    /// </summary>
    public IEnumerable<ExerciseLine> Lines(DateTimeOffset? from = null) => new ExerciseLines(file, Ships, from).Run();
}
