using MaritimeWatch.Units;

namespace MaritimeWatch.Identity;

/// <summary>Place of a flag on the list of a port State control regime.</summary>
public enum ListColour
{
    /// <summary>Fewer than 30 inspections in three years: not listed.</summary>
    NotListed,
    White,
    Grey,
    Black,
}

/// <summary>
/// What inspections say of a flag's fleet: context for an official, weight 0 for any ship. Binomial limits at 7 % with 3 % and 95 %
/// confidence, as the Paris Memorandum of Understanding publishes its method (SCIENCE 3.4).
/// </summary>
/// <param name="Inspections">Inspections of the flag's ships in the three years, 0 or more.</param>
/// <param name="Detentions">Of them, with a detention.</param>
public sealed record PortStateColour(int Inspections, int Detentions)
{
    private const int Least = 30;
    private const double Usual = 0.07, Step = 0.03, Confidence = 1.645;

    /// <summary>Detentions above which the flag is black.</summary>
    public double BlackAbove => Upper(Usual);

    /// <summary>Detentions below which it is white; negative where no number of them would do.</summary>
    public double WhiteBelow => Lower(Usual);

    public ListColour Colour => Inspections < Least ? ListColour.NotListed : Detentions > BlackAbove ? ListColour.Black : Detentions < WhiteBelow ? ListColour.White : ListColour.Grey;

    /// <summary>
    /// Excess factor: how many steps of 3 % the share of detentions lies beyond the limit; 1 and more black, below 0 white, between 0 and 1 the
    /// place between the two limits. Null where the flag is not listed.
    /// </summary>
    public double? ExcessFactor => Colour switch
    {
        ListColour.Black => 1 + ((Share(Upper, 1) - Usual) / Step),
        ListColour.White => -(Usual - Share(Lower, 0)) / Step,
        ListColour.Grey => (Detentions - WhiteBelow) / (BlackAbove - WhiteBelow),
        _ => null,
    };

    /// <summary>Counts a flag's inspections in the three years up to a day.</summary>
    public static PortStateColour Of(FlagState flag, IEnumerable<Inspection> inspections, DateOnly upTo)
    {
        var counted = inspections.Where(i => i.Flag == flag && i.On <= upTo && i.On > upTo.AddYears(-3)).ToList();
        return new PortStateColour(counted.Count, counted.Count(i => i.Detained));
    }

    private double Upper(double p) => (Inspections * p) + 0.5 + (Confidence * Math.Sqrt(Inspections * p * (1 - p)));

    private double Lower(double p) => (Inspections * p) - 0.5 - (Confidence * Math.Sqrt(Inspections * p * (1 - p)));

    // The share for which the number of detentions would lie at the limit.
    private double Share(Func<double, double> limit, double far)
    {
        var (near, away) = (Usual, far);
        for (var i = 0; i < 60; i++)
        {
            var middle = (near + away) / 2;
            // Towards the far end limits grow with the share for black and fall for white.
            var beyond = far > Usual ? limit(middle) > Detentions : limit(middle) < Detentions;
            (near, away) = beyond ? (near, middle) : (middle, away);
        }

        return (near + away) / 2;
    }
}
