using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Reception;

/// <summary>
/// The grid as it stood after an hour, with what is little known filled from the neighbours: an unknown cell inside well-heard
/// water is taken as they are, one at the rim as half heard, one beyond as hardly heard at all.
/// </summary>
/// <param name="grid">What was learnt.</param>
/// <param name="hour">Hours since 1970; what was learnt later is left out.</param>
/// <param name="without">Slots missed that are left out, so that a silence never tells of the reception it is judged by (leave one out).</param>
public sealed class ReceptionView(ReceptionGrid grid, long hour, IReadOnlyDictionary<Stratum, int>? without = null)
{
    private readonly ReceptionOptions options = grid.Options;
    private readonly Dictionary<(Cell, TransponderClass), SlotSums> sums = [];
    private readonly Dictionary<Stratum, HeardShare> shares = [];

    /// <inheritdoc cref="ReceptionOptions.SlotsThatCountAsOne"/>
    public double SlotsThatCountAsOne => options.SlotsThatCountAsOne;

    /// <summary>Share of slots in which a transmitting vessel of a class is heard in a cell in a block of hours.</summary>
    public HeardShare Of(in Stratum stratum)
    {
        if (!shares.TryGetValue(stratum, out var share))
        {
            var day = OfDay(stratum.Cell, stratum.Class);
            var own = Own(stratum) * (1 / options.SlotsThatCountAsOne);
            share = new HeardShare((day.Mean * options.DaySlots) + own.Heard, ((1 - day.Mean) * options.DaySlots) + own.Exposed - own.Heard);

            // Of many hours little may be known of this block: then it is no surer than the day as a whole.
            var total = day.HeardSlots + day.MissedSlots;
            var most = Math.Max(total, own.Exposed);
            var scale = Math.Min(1, most / (share.HeardSlots + share.MissedSlots));
            shares[stratum] = share = new HeardShare(share.HeardSlots * scale, share.MissedSlots * scale);
        }

        return share;
    }

    /// <summary>The same over the whole day.</summary>
    public HeardShare OfDay(Cell cell, TransponderClass transponder)
    {
        // Each neighbour speaks with one voice, however busy: one busy mouth of a fjord says little of the fjord.
        var around = 0.0;
        for (var row = -1; row <= 1; row++)
        {
            for (var column = -1; column <= 1; column++)
            {
                var near = (row, column) == (0, 0) ? default : Likely(cell.Beside(row, column), transponder);
                around += near.Heard / Math.Max(near.Exposed, options.UnknownSlots) / 8;
            }
        }

        var mean = Math.Clamp(around, 0.005, 0.995);
        var own = Likely(cell, transponder) * (1 / options.SlotsThatCountAsOne);
        return new HeardShare((mean * options.PriorSlots) + own.Heard, ((1 - mean) * options.PriorSlots) + own.Exposed - own.Heard);
    }

    /// <summary>True when any vessel was ever known to be in the cell.</summary>
    public bool IsKnown(Cell cell) => Sums(cell, TransponderClass.Unknown).Exposed + Sums(cell, TransponderClass.A).Exposed + Sums(cell, TransponderClass.B).Exposed > 0;

    /// <summary>How many vessels are usually heard near a place at a time, over what was learnt.</summary>
    public double UsuallyHeard(GeoPoint at, Distance radius)
    {
        if (grid.WeighedHours(hour) is not (> 0 and var hours))
        {
            return 0;
        }

        var (rows, middle) = ((int)Math.Ceiling(radius.NauticalMiles / 60 / Cell.SizeDeg), Cell.Of(at.LatDeg, at.LonDeg));
        var columns = (int)Math.Ceiling(rows / Math.Max(0.1, Math.Cos(at.LatDeg * Math.PI / 180)));
        var heard = 0.0;
        for (var row = -rows; row <= rows; row++)
        {
            for (var column = -columns; column <= columns; column++)
            {
                var cell = middle.Beside(row, column);
                if (Geodesy.RoughNm(cell.MiddleLatDeg, cell.MiddleLonDeg, at.LatDeg, at.LonDeg) <= radius.NauticalMiles)
                {
                    heard += (Sums(cell, TransponderClass.Unknown) + Sums(cell, TransponderClass.A) + Sums(cell, TransponderClass.B)).Heard;
                }
            }
        }

        // A vessel that stays is heard in up to six slots of the hour.
        return heard / hours / HeardSlots.SlotsPerHour;
    }

    /// <summary>Probability that a ship under way falls silent for more than an hour in a slot, over everything learnt.</summary>
    public double UsuallySilent
    {
        get
        {
            var all = grid.SumsEverywhere(hour);
            return (all.Silent + 1) / (all.Moving + 50);
        }
    }

    /// <summary>
    /// How much more often ships under way fall silent from the cell than elsewhere in what was learnt, as a natural logarithm;
    /// pulled towards none where little is known.
    /// </summary>
    public double FallsSilentHere(Cell cell) => Against(Sums(cell, TransponderClass.Unknown) + Sums(cell, TransponderClass.A) + Sums(cell, TransponderClass.B), options.SilentSlots);

    /// <summary>The same of one vessel, in what was learnt of her before an hour.</summary>
    public double FallsSilent(string trackId, long before) => Against(grid.SumsOf(trackId, before - 1), options.OwnSilentSlots);

    private double Against(SlotSums sums, double prior)
    {
        var usual = UsuallySilent;
        return Math.Log(((usual * prior) + sums.Silent) / (prior + sums.Moving) / usual);
    }

    /// <summary>Slots heard of vessels under way in the cell, and how many of them were the last for an hour; faded.</summary>
    public (double Moving, double Silent) SilencesHere(Cell cell)
    {
        var here = Sums(cell, TransponderClass.Unknown) + Sums(cell, TransponderClass.A) + Sums(cell, TransponderClass.B);
        return (here.Moving, here.Silent);
    }

    // What other equipment was heard says something, but less.
    private SlotSums Likely(Cell cell, TransponderClass transponder)
    {
        const double Other = 0.5;
        var own = Sums(cell, transponder);
        foreach (var other in (ReadOnlySpan<TransponderClass>)[TransponderClass.Unknown, TransponderClass.A, TransponderClass.B])
        {
            if (other != transponder)
            {
                var sums = Sums(cell, other) * Other;
                own += transponder == TransponderClass.B && other == TransponderClass.A ? sums with { Heard = sums.Heard * options.ClassBOfA } : sums;
            }
        }

        return own;
    }

    private SlotSums Sums(Cell cell, TransponderClass transponder)
    {
        if (!sums.TryGetValue((cell, transponder), out var sum))
        {
            for (byte block = 0; block < Stratum.Blocks; block++)
            {
                sum += Own(new Stratum(cell, transponder, block));
            }

            sums[(cell, transponder)] = sum;
        }

        return sum;
    }

    private SlotSums Own(in Stratum stratum)
    {
        var own = grid.SumsOf(stratum, hour);
        return without is not null && without.TryGetValue(stratum, out var missed) ? own with { Exposed = Math.Max(own.Heard, own.Exposed - missed) } : own;
    }
}
