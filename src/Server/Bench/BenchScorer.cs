using MaritimeWatch.Detection;

namespace MaritimeWatch.Server.Bench;

/// <summary>
/// What a scorer says of one silence. Every gap longer than an hour of every tested track has one; an event of an area has
/// <paramref name="TrackId"/> "area …" and counts for no vessel.
/// </summary>
/// <param name="TrackId">The track.</param>
/// <param name="Start">Last fix before the silence.</param>
/// <param name="End">First fix after it; null while it goes on at the end of the world.</param>
/// <param name="Class">The explanation held to be the best.</param>
/// <param name="Alert">Whether it would be raised to a person at the operating point.</param>
/// <param name="ScoreNats">Rank: higher is more probably unexplained. Only verdicts of an unexplained class (or with an alert) are swept over.</param>
/// <param name="Probability">That she stopped transmitting, unexplained, 0 to 1, at a prior of 1 in 100.</param>
/// <param name="SilenceNats">Log Bayes factor of the silence alone.</param>
/// <param name="ReceptionShare">The scorer's own estimate of the reception there, 0 to 1; null where it has none.</param>
/// <param name="Evidence">The signed terms.</param>
internal sealed record BenchVerdict(string TrackId, DateTimeOffset Start, DateTimeOffset? End, FindingClass Class, bool Alert, double ScoreNats,
    double Probability, double SilenceNats, double? ReceptionShare, IReadOnlyList<Evidence> Evidence);

/// <summary>Judges a world as it stands at its end.</summary>
internal delegate IReadOnlyList<BenchVerdict> BenchScorer(BenchWorld world);

/// <summary>
/// When a watch that sees each fix as it arrives would first raise a silence of the track that began at or after
/// <paramref name="from"/>; null when not before <paramref name="until"/>. Late fixes count from their arrival.
/// </summary>
internal delegate DateTimeOffset? FirstAlert(BenchWorld world, string trackId, DateTimeOffset from, DateTimeOffset until);

/// <summary>A scorer as the tables name it; without <paramref name="First"/> it has no delay.</summary>
internal sealed record NamedScorer(string Name, BenchScorer Score, FirstAlert? First = null);
