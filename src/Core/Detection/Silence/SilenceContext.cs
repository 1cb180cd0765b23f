using MaritimeWatch.Detection.Interference;
using MaritimeWatch.Detection.Reception;
using MaritimeWatch.Detection.Zones;
using MaritimeWatch.Identity;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Silence;

/// <summary>Another ship that fell silent with her.</summary>
/// <param name="TrackId">The other ship.</param>
/// <param name="Apart">Distance between the last places.</param>
/// <param name="MetAgain">True when both came back near each other.</param>
/// <param name="ByChance">Number of ships near that would fall silent in that time by chance (SCIENCE 2.7, chance control).</param>
public sealed record Companion(string TrackId, Distance Apart, bool MetAgain, double ByChance);

/// <summary>One silence with what surrounds it: the facts that evidence, causes and words are made from.</summary>
public sealed class SilenceContext
{
    private static readonly Distance Near = Distance.FromNauticalMiles(4);

    public SilenceContext(VesselPicture picture, Gap gap, Fix off, Fix? on, Exposure exposure, SilenceOptions options)
    {
        (Picture, Gap, Off, On, Exposure, Options) = (picture, gap, off, on, exposure, options);
        Companion = exposure.Outage < 0.1 && !WasAtRest ? FindCompanion() : null;
    }

    public VesselPicture Picture { get; }

    public Gap Gap { get; }

    public Fix Off { get; }

    public Fix? On { get; }

    public Exposure Exposure { get; }

    public SilenceOptions Options { get; }

    /// <summary>The claim under which the same hull goes on since, null when there is none.</summary>
    public IdentityClaim? GoesOnAs => On is not null || Picture.Vessel.Imo is null ? null : Picture.Vessel.Broadcasts
        .Where(c => c.Mmsi != Picture.Mmsi && c.Imo == Picture.Vessel.Imo && c.LastSeen > Off.Time).MaxBy(c => c.LastSeen);

    /// <summary>The ship that fell silent with her, null when none did.</summary>
    public Companion? Companion { get; }

    /// <summary>True when her identity was heard elsewhere within a day of the silence: whose silence it is cannot be told.</summary>
    public bool IsShared => Picture.HeardElsewhere.Any(t => t > Off.Time - Options.Weighed && t < (On?.Time ?? Picture.AsOf) + Options.Weighed);

    /// <summary>The area in which positions were led astray when and where the silence began or ended; null when there was none.</summary>
    public InterferenceArea? Astray => Picture.Interference.FirstOrDefault(a => a.Covers(Off.At, Off.Time) || (On is { } on && a.Covers(on.At, on.Time)));

    /// <summary>What she could and must have crossed meanwhile, of the zones in which neither end lies; only for silences weighed whole.</summary>
    public IReadOnlyList<(Zone Zone, ZoneCrossing Crossing)> Crossed { get; private set; } = [];

    /// <summary>Hours that the way by sea at her usual speed leaves over; null where that is not known.</summary>
    public TimeSpan? HiddenTime { get; private set; }

    /// <summary>Works out the ways of a silence that a person may be shown: it costs more than the rest together.</summary>
    public void LookAtWays()
    {
        if (Picture.Chart is { } chart && On is { } on && Length <= Options.Weighed)
        {
            var reach = new Reach(chart.Sea, Off.At, Off.Time, on.At, on.Time, Exposure.TopSpeed);
            HiddenTime = reach.Surplus(Exposure.Cruise);
            Crossed = [.. chart.Tested.Where(z => !z.Contains(Off.At) && !z.Contains(on.At))
                .Select(z => (Zone: z, Crossing: ZoneTest.Of(reach, z))).Where(c => c.Crossing is { CouldCross: true }).Select(c => (c.Zone, c.Crossing!))];
        }
    }

    public TimeSpan Length => (On?.Time ?? Picture.AsOf) - Off.Time;

    /// <summary>Feeds that could not be relied on during part of the silence.</summary>
    public IReadOnlyList<string> FeedsInDoubt => [.. Picture.FeedDoubts.Where(d => InDoubt(d) > TimeSpan.Zero).Select(d => d.Feed).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>
    /// True when too much of the silence fell into times of doubt: more than <see cref="SilenceOptions.MostInDoubt"/> of it, or all
    /// but less than a silence that is judged at all.
    /// </summary>
    public bool IsInDoubt
    {
        get
        {
            var doubt = Picture.FeedDoubts.GroupBy(d => d.Feed).Select(f => f.Aggregate(TimeSpan.Zero, (sum, d) => sum + InDoubt(d))).DefaultIfEmpty().Max();
            return doubt > TimeSpan.Zero && (doubt > Length * Options.MostInDoubt || Length - doubt < Options.Least);
        }
    }

    private TimeSpan InDoubt(FeedDoubt doubt)
    {
        var end = On?.Time ?? Picture.AsOf;
        var (from, to) = (doubt.From > Off.Time ? doubt.From : Off.Time, doubt.To is { } over && over < end ? over : end);
        return to > from ? to - from : TimeSpan.Zero;
    }

    public Distance? Moved => On is { } on ? Geodesy.Between(Off.At, on.At) : null;

    public Speed? ImpliedSpeed => Moved is { } moved && Length > TimeSpan.Zero ? moved / Length : null;

    /// <summary>Anchored, moored or lying still before, and not gone anywhere within a day after: a berth or an anchorage.</summary>
    public bool WasAtRest => (Off.SaysStationary || Off.SogKnots is < 0.7) && (Moved is not { } moved || moved.NauticalMiles < 1 || Length > Options.Weighed);

    /// <summary>Pleasure craft (types 36 and 37), or a short ship with class B: not obliged to carry AIS (SOLAS V/19).</summary>
    public bool IsSmallCraft => Picture.Vessel.ShipType is 36 or 37
        || (Off.Transponder == TransponderClass.B && Picture.Vessel.LengthM is not { } length ? true : Off.Transponder == TransponderClass.B && Picture.Vessel.LengthM < Options.SmallCraftM);

    private Companion? FindCompanion()
    {
        var (slot, until) = (HeardSlots.SlotOf(Off.Time), HeardSlots.SlotOf(Picture.AsOf));
        var others = Picture.Reception.LastHeard(Off.At, Near, slot - 2, slot + 2, until, Picture.TrackId)
            .Where(o => o.Next is not { } next || next - o.Last > 6)
            .Select(o => (o.TrackId, o.Next, Apart: Geodesy.Between(Off.At, o.At)))
            .OrderBy(o => o.Apart.Metres).ThenBy(o => o.TrackId, StringComparer.Ordinal).ToList();
        if (others.Count is 0 or > 2)
        {
            // Many at once is a matter of reception, not of company.
            return null;
        }

        var nearest = others[0];
        var met = On is { } on && nearest.Next is { } back && Length >= TimeSpan.FromHours(1)
            && Picture.Reception.LastHeard(on.At, Near * 2, back, back, until, Picture.TrackId).Any(o => o.TrackId == nearest.TrackId);
        const int Window = 5;
        var near = Picture.Reception.Together(Off.At, Near, slot, until, Picture.TrackId).Near;
        return new Companion(nearest.TrackId, nearest.Apart, met, near * Window * Exposure.UsuallySilent);
    }
}
