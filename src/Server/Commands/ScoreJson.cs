using System.Text.Json;
using System.Text.Json.Serialization;
using MaritimeWatch.Detection;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Commands;

/// <summary>The lines <c>score</c> writes (DESIGN 7): field names and order are a contract.</summary>
internal static class ScoreJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public sealed record Place(double LatDeg, double LonDeg)
    {
        public static Place? Of(GeoPoint? at) => at is { } p ? new Place(p.LatDeg, p.LonDeg) : null;
    }

    public sealed record EvidenceLine(string Name, string Family, double Nats, string Text);

    public sealed record FindingLine(string Id, FindingKind Kind, FindingClass Class, bool Alert, string? Mmsi, string TrackId, string? Imo, string VesselId, string StartTime, string? EndTime,
        Place? Start, Place? End, Band Band, double Probability, double PriorNats, double ScoreNats, IReadOnlyList<EvidenceLine> Evidence, IReadOnlyList<InnocentCause> InnocentCauses, string ModelVersion, string Sentence)
    {
        public static FindingLine Of(Finding f) => new(f.Id, f.Kind, f.Class, f.Alert, f.Mmsi?.ToString(), f.TrackId, f.Imo?.ToString(), f.VesselId, FactId.Iso(f.StartTime), f.EndTime is { } end ? FactId.Iso(end) : null,
            Place.Of(f.Start), Place.Of(f.End), f.Band, f.Probability, f.PriorNats, f.ScoreNats, [.. f.Evidence.Select(e => new EvidenceLine(e.Name, e.Family, e.Nats, e.Text))], f.InnocentCauses, f.ModelVersion, f.Sentence);
    }

    public sealed record GapLine(string Id, string? Mmsi, string TrackId, string StartTime, string? EndTime, Place? Start, Place? End, double Hours, FindingClass Class, double LogBayesFactorNats, int PositionsBefore12h)
    {
        public static GapLine Of(Gap gap, Mmsi? mmsi, DateTimeOffset until, Finding judged) => new(gap.Id, mmsi?.ToString(), gap.TrackId, FactId.Iso(gap.Off.Time), gap.On is { } on ? FactId.Iso(on.Time) : null,
            Place.Of(gap.Off.At), Place.Of(gap.On?.At), Math.Round((gap.Duration ?? until - gap.Off.Time).TotalHours, 4), judged.Class, judged.Evidence[0].Nats, gap.Before.Total);
    }

    public sealed record Intervals([property: JsonPropertyName("1")] long OverOne, [property: JsonPropertyName("6")] long OverSix, [property: JsonPropertyName("12")] long OverTwelve);

    public sealed record Summary(long RowsRead, long Accepted, IReadOnlyDictionary<string, long> Rejected, long Duplicates, int Vessels, Intervals IntervalsOverHours, long VesselDays,
        IReadOnlyDictionary<string, int> FindingsByKind, IReadOnlyDictionary<string, int> FindingsByClass, int Alerts, Joins Joins, double WallSeconds, double CpuSeconds, double PeakMemoryMiB, string ModelVersion, IReadOnlyList<string> Notes);

    /// <summary>How identities met: vessels with an MMSI or IMO number that a register or a list names too.</summary>
    public sealed record Joins(int RegisterClaims, int VesselsInRegisterByImo, int VesselsInRegisterByMmsi, int Listings, int VesselsListedByImo, int VesselsListedByMmsi, int VesselsWithImo);
}
