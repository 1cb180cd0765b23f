using MaritimeWatch.Server.Commands;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Bench;

/// <summary>What <c>bench --out</c> writes, so that a figure can be followed to the silence it came from.</summary>
internal static class BenchFiles
{
    private sealed record TruthLine(string World, string WorldHash, long Seed, string Id, TruthKind Kind, bool IsPositive, IReadOnlyList<string> TrackIds, string Start, string End);

    private sealed record VerdictLine(string Scorer, string World, string TrackId, string Start, string? End, TruthKind Truth, string? TruthId, double Hours, double MeasuredReception,
        Detection.FindingClass? Class, bool Alert, double? ScoreNats, double? Probability, double? SilenceNats, IReadOnlyList<ScoreJson.EvidenceLine>? Evidence);

    public static void Write(string folder, long seed, IReadOnlyList<BenchResult> results)
    {
        using var truths = Output.Create(Path.Combine(folder, "truths.ndjson"));
        foreach (var (trial, _, _) in results[0].Judged)
        {
            var hash = HashOf([trial.World]).ToString("x16");
            foreach (var t in trial.World.Truths)
            {
                Output.WriteLine(truths, new TruthLine(trial.World.Name, hash, seed, t.Id, t.Kind, t.IsPositive, t.TrackIds, FactId.Iso(t.Start), FactId.Iso(t.End)));
            }
        }

        using var verdicts = Output.Create(Path.Combine(folder, "verdicts.ndjson"));
        foreach (var result in results)
        {
            foreach (var c in result.All)
            {
                var v = c.Verdict;
                Output.WriteLine(verdicts, new VerdictLine(result.Scorer.Name, c.World, c.Track.TrackId, v is null ? "" : FactId.Iso(v.Start), v?.End is { } end ? FactId.Iso(end) : null, c.Kind, c.TruthId,
                    Math.Round(c.Hours, 3), Math.Round(c.Reception, 4), v?.Class, c.Alert, v?.ScoreNats, v?.Probability, v?.SilenceNats, v is null ? null : [.. v.Evidence.Select(e => new ScoreJson.EvidenceLine(e.Name, e.Family, e.Nats, e.Text))]));
            }
        }
    }

    /// <summary>A number made of every fix and every truth (FNV-1a, 64 bits): equal worlds have equal numbers.</summary>
    public static ulong HashOf(IEnumerable<BenchWorld> worlds)
    {
        var hash = 14695981039346656037UL;
        foreach (var world in worlds)
        {
            foreach (var track in world.Tracks)
            {
                Add(BenchRandom.HashOf(0, track.TrackId));
                foreach (var fix in track.Fixes)
                {
                    var (timeMs, latE7, lonE7, sog, _, _, _, _) = fix.Columns;
                    unchecked
                    {
                        Add((ulong)timeMs);
                        Add(((ulong)(uint)latE7 << 32) | (uint)lonE7);
                        Add((ushort)sog);
                    }
                }
            }

            foreach (var truth in world.Truths)
            {
                Add(BenchRandom.HashOf(0, [truth.Id, FactId.Iso(truth.Start), FactId.Iso(truth.End), .. truth.TrackIds]));
            }

            foreach (var late in world.Late)
            {
                Add(BenchRandom.HashOf(late.ArrivedAt.ToUnixTimeMilliseconds(), late.TrackId, FactId.Iso(late.Fix.Time)));
            }
        }

        return hash;

        void Add(ulong value)
        {
            unchecked
            {
                hash = (hash ^ value) * 1099511628211UL;
            }
        }
    }
}
