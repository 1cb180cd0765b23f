using MaritimeWatch.Detection;
using MaritimeWatch.Detection.Interference;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Watch;

/// <summary>Which vessels the map marks, by the judgements so far.</summary>
/// <param name="Silent">With an open silence that nothing explains.</param>
/// <param name="Alerted">With an open alert.</param>
/// <param name="Doubtful">Whose positions cannot be relied on: led astray, moved as no ship does, or sent by two under one number.</param>
internal sealed record MapMarks(HashSet<Mmsi> Silent, HashSet<Mmsi> Alerted, HashSet<Mmsi> Doubtful)
{
    /// <summary>A doubt that ended is shown a while longer: the next fixes may come from elsewhere again.</summary>
    private static readonly TimeSpan DoubtLasts = TimeSpan.FromHours(1);

    public static MapMarks Of(IReadOnlyList<Finding> current, IReadOnlySet<string> openCases, IReadOnlyList<InterferenceArea> areas, DateTimeOffset now)
    {
        var doubtful = current.Where(f => f.Kind is FindingKind.Kinematic or FindingKind.IdentityClash && f.Class != FindingClass.Lawful && (openCases.Contains(f.Id) || f.EndTime is null || f.EndTime > now - DoubtLasts));
        var astray = areas.Where(a => a.To is null || a.To > now - DoubtLasts).SelectMany(a => a.TrackIds).Select(id => Mmsi.TryParse(id, out var mmsi) ? mmsi : (Mmsi?)null);
        return new MapMarks(
            Numbers(current.Where(f => f is { Kind: FindingKind.Silence, EndTime: null, Class: FindingClass.Unexplained or FindingClass.DarkMeeting })),
            Numbers(current.Where(f => openCases.Contains(f.Id))),
            [.. Numbers(doubtful), .. astray.OfType<Mmsi>()]);
    }

    private static HashSet<Mmsi> Numbers(IEnumerable<Finding> findings) => [.. findings.Select(f => f.Mmsi).OfType<Mmsi>()];
}
