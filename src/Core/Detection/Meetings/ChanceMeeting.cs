using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Meetings;

/// <summary>
/// How much a meeting says, given the traffic (SCIENCE 2.7): in crowded water somebody is always near. Its weight is the logarithm
/// of the feasible share over 1 - e^-λ, the chance that at least one other would be there anyway; at most 3 nats either way.
/// </summary>
/// <param name="Expected">λ: others expected there by chance, 0 or more.</param>
/// <param name="Share">Share of the time, or of the paths that were possible, which allows the meeting: 0 to 1. 1 for a meeting that was seen.</param>
public readonly record struct ChanceMeeting(double Expected, double Share)
{
    /// <summary>However empty the sea, one coincidence is not certainty (SCIENCE 2.5, family of company).</summary>
    public const double MostNats = 3;

    /// <summary>λ from ships counted around a place and taken to be spread evenly there: as many as the reach has of the area.</summary>
    /// <param name="others">Ships counted, those that meet left out.</param>
    /// <param name="within">Radius within which they were counted.</param>
    /// <param name="reach">Radius in which a ship would count as met.</param>
    /// <param name="share">Feasible share, 0 to 1.</param>
    public static ChanceMeeting Among(int others, Distance within, Distance reach, double share) =>
        new(others * Math.Pow(Math.Min(1, reach.Metres / within.Metres), 2), share);

    /// <summary>Positive where the meeting is more than the traffic would bring about.</summary>
    public double Nats => Expected <= 0 && Share > 0 ? MostNats : Share <= 0 ? -MostNats : Math.Clamp(Math.Log(Share) - Math.Log(1 - Math.Exp(-Expected)), -MostNats, MostNats);
}
