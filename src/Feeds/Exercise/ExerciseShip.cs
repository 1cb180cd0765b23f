using MaritimeWatch.Feeds.Ais;

namespace MaritimeWatch.Feeds.Exercise;

/// <summary>What a ship says of herself from a time on (seconds since the start).</summary>
internal sealed record SpokenIdentity(double FromS, string Flag, int Mmsi, int Imo, string CallSign, string Name, double DraughtM);

/// <summary>A made-up ship: who she says she is, how she is built, and her whole day as phases.</summary>
internal sealed class ExerciseShip
{
    private int phaseHint;

    public required int Index { get; init; }

    /// <summary>Id of a ship with a part to play; null for the crowd.</summary>
    public required string? Id { get; init; }

    public required string Fleet { get; init; }

    public required bool ClassB { get; init; }

    public required int ShipType { get; init; }

    public required AntennaOffsets Offsets { get; init; }

    /// <summary>In order of time; the first holds from the start.</summary>
    public required IReadOnlyList<SpokenIdentity> Identities { get; init; }

    /// <summary>In order of time, without holes; before the first and after the last her set is off.</summary>
    public required IReadOnlyList<Phase> Phases { get; init; }

    /// <summary>Times in which her set is off, in seconds since the start.</summary>
    public required IReadOnlyList<(double FromS, double ToS)> Silences { get; init; }

    public int LengthM => Offsets.ToBowM + Offsets.ToSternM;

    public SpokenIdentity IdentityAt(double atS)
    {
        var found = Identities[0];
        foreach (var identity in Identities)
        {
            found = identity.FromS <= atS ? identity : found;
        }

        return found;
    }

    public bool Sends(double atS)
    {
        foreach (var (fromS, toS) in Silences)
        {
            if (atS >= fromS && atS < toS)
            {
                return false;
            }
        }

        return atS >= Phases[0].StartS && atS < Phases[^1].EndS;
    }

    /// <summary>The phase of that time; the first or last one outside her day.</summary>
    public Phase PhaseAt(double atS)
    {
        var i = phaseHint;
        while (i < Phases.Count - 1 && atS >= Phases[i].EndS)
        {
            i++;
        }

        while (i > 0 && atS < Phases[i].StartS)
        {
            i--;
        }

        phaseHint = i;
        return Phases[i];
    }

    public TrueState At(double atS) => PhaseAt(atS).At(Math.Clamp(atS, Phases[0].StartS, Phases[^1].EndS));
}
