using MaritimeWatch.Detection.Reception;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Interference;

/// <summary>
/// Finds, among the jumps of many vessels, those that are one event of an area: several vessels displaced within half an hour
/// by parallel shifts, to one point, or onto one circle (SCIENCE 4.2). The result is that of the set of jumps: the order in
/// which they came, and whose they are, change nothing.
/// </summary>
public sealed class InterferenceAreas(InterferenceOptions? options = null)
{
    /// <summary>Ships of one event come back within this of the middle one.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromHours(2);

    private readonly InterferenceOptions options = options ?? new InterferenceOptions();

    /// <summary>The areas, by begin.</summary>
    /// <param name="jumps">Jumps of all tracks, in any order, repeats allowed.</param>
    /// <param name="reception">Who was heard there, to tell dense traffic; null where not known.</param>
    public IReadOnlyList<InterferenceArea> Find(IEnumerable<Jump> jumps, HeardSlots? reception = null)
    {
        var left = Displacement.Of(jumps, options);
        var areas = new List<InterferenceArea>();
        while (Largest(left, reception) is var (kind, group))
        {
            group = kind == InterferenceKind.CommonShift ? WithLatecomers(group, left) : group;
            var area = Area(kind, group);
            areas.Add(area);

            // Ships that were first heard while displaced only come back: their way back is no event of its own.
            left = [.. left.Except(group).Where(d => !IsWayBack(d, area))];
        }

        return [.. areas.OrderBy(a => a.From).ThenBy(a => a.Id, StringComparer.Ordinal)];
    }

    // What explains most vessels comes first; of two that explain as many, the plainer kind, then the earlier.
    private (InterferenceKind Kind, List<Displacement> Group)? Largest(List<Displacement> left, HeardSlots? reception)
    {
        (InterferenceKind, List<Displacement>)? best = null;
        var most = 0;
        foreach (var kind in Enum.GetValues<InterferenceKind>())
        {
            foreach (var group in Groups(left, (a, b) => AreAlike(kind, a, b)).Select(g => Core(kind, g)))
            {
                if (Vessels(group) > most && IsEvent(kind, group, reception))
                {
                    (best, most) = ((kind, group), Vessels(group));
                }
            }
        }

        return best;
    }

    private static int Vessels(List<Displacement> group) => group.Select(d => d.TrackId).Distinct().Count();

    private bool AreAlike(InterferenceKind kind, Displacement a, Displacement b) => kind switch
    {
        InterferenceKind.CommonShift => Displacement.Apart(a.ShiftEastNm, a.ShiftNorthNm, b) <= options.MostApartShare,
        InterferenceKind.CommonPoint => Geodesy.Between(a.Away.To.At, b.Away.To.At) <= options.SamePoint,
        _ => true,
    };

    // Likeness from one to the next may lead far: what is far from the middle is left out.
    private List<Displacement> Core(InterferenceKind kind, List<Displacement> group)
    {
        if (kind == InterferenceKind.Circle)
        {
            return group;
        }

        double eastNm = group.Average(d => d.ShiftEastNm), northNm = group.Average(d => d.ShiftNorthNm);
        var plane = new LocalPlane(group[0].Away.To.At);
        var middle = plane.Place(group.Average(d => plane.Of(d.Away.To.At).X), group.Average(d => plane.Of(d.Away.To.At).Y));
        return [.. group.Where(d => kind == InterferenceKind.CommonShift
            ? Displacement.Apart(eastNm, northNm, d) <= options.MostApartShare
            : Geodesy.Between(middle, d.Away.To.At) <= options.SamePoint)];
    }

    // Connected by likeness, nearness and time; by first member.
    private List<List<Displacement>> Groups(List<Displacement> all, Func<Displacement, Displacement, bool> alike)
    {
        var group = Enumerable.Range(0, all.Count).ToArray();
        for (var i = 0; i < all.Count; i++)
        {
            for (var j = i + 1; j < all.Count && all[j].At - all[i].At <= options.Within; j++)
            {
                if (Root(i) != Root(j) && alike(all[i], all[j]) && Geodesy.Between(all[i].Away.From.At, all[j].Away.From.At) <= options.Reach)
                {
                    var (first, second) = (Math.Min(Root(i), Root(j)), Math.Max(Root(i), Root(j)));
                    group[second] = first;
                }
            }
        }

        return [.. all.Select((d, i) => (d, Root: Root(i))).GroupBy(p => p.Root, p => p.d).OrderBy(g => g.Key).Select(g => g.ToList())];

        int Root(int i)
        {
            while (group[i] != i)
            {
                i = group[i];
            }

            return i;
        }
    }

    private bool IsEvent(InterferenceKind kind, List<Displacement> group, HeardSlots? reception)
    {
        var vessels = Vessels(group);
        if (vessels < options.LeastVessels)
        {
            return false;
        }

        if (kind == InterferenceKind.Circle)
        {
            return vessels >= options.LeastOnCircle && LocalPlane.Circle([.. group.Select(d => d.Away.To.At)]) is { } circle
                && circle.RadiusNm <= options.Reach.NauticalMiles / 2 && circle.WorstNm <= options.MostApartShare * circle.RadiusNm;
        }

        var near = LocalPlane.Around(TruePlaces(group));
        var around = near.Radius > options.Reach * 0.2 ? near.Radius : options.Reach * 0.2;
        return vessels >= options.LeastVesselsDense || reception is null
            || reception.HeardNear(near.Centre, around, HeardSlots.SlotOf(group[0].At), except: "") < options.DenseVessels;
    }

    // Who sails into the area, or begins to send in it, after the first half hour is displaced by the same shift.
    private List<Displacement> WithLatecomers(List<Displacement> group, List<Displacement> all)
    {
        var (eastNm, northNm) = (group.Average(d => d.ShiftEastNm), group.Average(d => d.ShiftNorthNm));
        var area = Area(InterferenceKind.CommonShift, group);
        return [.. all.Where(d => group.Contains(d)
            || (d.At >= area.From && d.At <= (area.To ?? DateTimeOffset.MaxValue) && area.TruePlaces.Contains(d.Away.From.At, options.Margin)
                && Displacement.Apart(eastNm, northNm, d) <= options.MostApartShare))];
    }

    private bool IsWayBack(Displacement d, InterferenceArea area) => d.Back is null && d.At > area.From && d.At <= (area.To ?? area.LastNews) + options.Within
        && area.Displaced.Contains(d.Away.From.At, options.Margin) && area.TruePlaces.Contains(d.Away.To.At, options.Margin);

    private InterferenceArea Area(InterferenceKind kind, List<Displacement> group)
    {
        var back = group.Select(d => d.Back).OfType<Jump>().ToList();
        // One that only came into range again long after the others does not keep the area open.
        var returns = back.Select(b => b.To.Time).Where(r => r <= group[^1].At + options.Forgotten).Order().ToList();
        var lastBack = returns.Count == 0 ? default : returns.Last(r => r <= returns[returns.Count / 2] + Together);
        double eastNm = group.Average(d => d.ShiftEastNm), northNm = group.Average(d => d.ShiftNorthNm);
        return new InterferenceArea
        {
            Id = FactId.Of("interference", group[0].At, group[0].Away.To.LatDeg, group[0].Away.To.LonDeg, group[0].Away.From.LatDeg, group[0].Away.From.LonDeg),
            Kind = kind,
            TruePlaces = LocalPlane.Around(TruePlaces(group)),
            Displaced = LocalPlane.Around([.. group.Select(d => d.Away.To.At), .. back.Select(b => b.From.At)]),
            From = group[0].At,
            To = returns.Count > group.Count - returns.Count ? lastBack : null,
            LastNews = returns.Count > 0 && lastBack > group[^1].At ? lastBack : group[^1].At,
            TrackIds = [.. group.Select(d => d.TrackId).Distinct().Order(StringComparer.Ordinal)],
            Returned = back.Count,
            ShiftCourse = kind == InterferenceKind.CommonShift ? Course.FromDegrees(Math.Atan2(eastNm, northNm) * 180 / Math.PI) : null,
            ShiftLength = Distance.FromNauticalMiles(group.Average(d => d.ShiftNm)),
            Options = options,
        };
    }

    // A report long before the jump does not tell where she was when it happened.
    private static List<GeoPoint> TruePlaces(List<Displacement> group)
    {
        var prompt = TimeSpan.FromMinutes(10);
        var jumps = group.Select(d => (At: d.Away.From.At, Wait: d.Away.To.Time - d.Away.From.Time))
            .Concat(group.Where(d => d.Back is not null).Select(d => (At: d.Back!.Value.To.At, Wait: d.Back.Value.To.Time - d.Back.Value.From.Time))).ToList();
        var near = jumps.Where(j => j.Wait <= prompt).Select(j => j.At).ToList();
        return near.Count > 0 ? near : [.. jumps.Select(j => j.At)];
    }
}
