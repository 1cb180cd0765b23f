using System.Buffers.Binary;
using MaritimeWatch.Storage;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Watch;

/// <summary>
/// Latest fix of every vessel, as the map shows it, and the binary frames it is sent in. Frames are little-endian: version 1,
/// kind (0 full, 1 changes), two reserved bytes, count, feed time in ms, speed, then 28 bytes a vessel.
/// </summary>
internal sealed class LivePicture
{
    public const int HeaderBytes = 24, VesselBytes = 28;

    private readonly Lock gate = new();
    private readonly Dictionary<Mmsi, Shown> vessels = [];
    private long version;

    /// <summary>Vessels with an open silence and with an open alert, by the judgements so far.</summary>
    private HashSet<Mmsi> silent = [], alerted = [];

    public int Count
    {
        get
        {
            lock (gate)
            {
                return vessels.Count;
            }
        }
    }

    public void Show(IEnumerable<LatestFix> fixes)
    {
        lock (gate)
        {
            version++;
            foreach (var (mmsi, fix) in fixes)
            {
                if (!vessels.TryGetValue(mmsi, out var known) || known.Fix.Time <= fix.Time)
                {
                    vessels[mmsi] = new Shown(fix, version);
                }
            }
        }
    }

    /// <summary>Marks vessels; those whose mark changed are sent again.</summary>
    public void Mark(HashSet<Mmsi> nowSilent, HashSet<Mmsi> nowAlerted)
    {
        lock (gate)
        {
            version++;
            foreach (var mmsi in silent.Union(nowSilent).Union(alerted).Union(nowAlerted))
            {
                if ((silent.Contains(mmsi) != nowSilent.Contains(mmsi) || alerted.Contains(mmsi) != nowAlerted.Contains(mmsi)) && vessels.TryGetValue(mmsi, out var known))
                {
                    vessels[mmsi] = known with { Version = version };
                }
            }

            (silent, alerted) = (nowSilent, nowAlerted);
        }
    }

    public Fix? Of(Mmsi mmsi)
    {
        lock (gate)
        {
            return vessels.TryGetValue(mmsi, out var known) ? known.Fix : null;
        }
    }

    /// <summary>Everything changed after a version as one frame, with the version to ask for next.</summary>
    public (byte[] Frame, long Version) Frame(long after, DateTimeOffset now, double speed)
    {
        lock (gate)
        {
            var changed = vessels.Where(v => v.Value.Version > after).ToList();
            var frame = new byte[HeaderBytes + (VesselBytes * changed.Count)];
            var at = frame.AsSpan();
            at[0] = 1;
            at[1] = (byte)(after == 0 ? 0 : 1);
            BinaryPrimitives.WriteUInt32LittleEndian(at[4..], (uint)changed.Count);
            BinaryPrimitives.WriteDoubleLittleEndian(at[8..], now.ToUnixTimeMilliseconds());
            BinaryPrimitives.WriteDoubleLittleEndian(at[16..], speed);
            at = at[HeaderBytes..];
            foreach (var (mmsi, shown) in changed)
            {
                Write(at, mmsi, shown.Fix);
                at = at[VesselBytes..];
            }

            return (frame, version);
        }
    }

    /// <summary>0 ship, 1 station or aid to navigation, 2 search and rescue or distress.</summary>
    public static int KindOf(Mmsi mmsi) => mmsi.Kind switch
    {
        MmsiKind.CoastStation or MmsiKind.AidToNavigation => 1,
        MmsiKind.SarAircraft or MmsiKind.Distress => 2,
        _ => 0,
    };

    private void Write(Span<byte> at, Mmsi mmsi, in Fix fix)
    {
        const ushort Absent = ushort.MaxValue;
        var kind = KindOf(mmsi);
        BinaryPrimitives.WriteUInt32LittleEndian(at, (uint)mmsi.Number);
        BinaryPrimitives.WriteSingleLittleEndian(at[4..], (float)fix.LonDeg);
        BinaryPrimitives.WriteSingleLittleEndian(at[8..], (float)fix.LatDeg);
        BinaryPrimitives.WriteUInt16LittleEndian(at[12..], fix.SogKnots is { } sog ? (ushort)Math.Round(sog * 10) : Absent);
        BinaryPrimitives.WriteUInt16LittleEndian(at[14..], fix.CogDeg is { } cog ? (ushort)Math.Round(cog * 10) : Absent);
        BinaryPrimitives.WriteUInt16LittleEndian(at[16..], (ushort?)fix.HeadingDeg ?? Absent);
        at[18] = (byte?)fix.Status ?? 255;
        at[19] = (byte)((fix.Transponder == TransponderClass.B ? 1 : 0) | (silent.Contains(mmsi) ? 2 : 0) | (alerted.Contains(mmsi) ? 4 : 0) | (kind << 4));
        BinaryPrimitives.WriteDoubleLittleEndian(at[20..], fix.Time.ToUnixTimeMilliseconds());
    }

    private readonly record struct Shown(Fix Fix, long Version);
}
