namespace MaritimeWatch.Detection.Reception;

/// <summary>How reception is learnt (SCIENCE 2.2). Slots are of ten minutes.</summary>
public sealed record ReceptionOptions
{
    /// <summary>What was heard counts half after this: receivers come and go. 14 days; 1 day to 1 year.</summary>
    public TimeSpan HalfLife { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Weight of what the neighbouring cells tell, in slots. 10; 1 to 100.</summary>
    public double PriorSlots { get; init; } = 10;

    /// <summary>Weight of the whole day against the block of hours, in slots. 15; 1 to 100.</summary>
    public double DaySlots { get; init; } = 15;

    /// <summary>Neighbouring slots of one vessel tell much the same: so many count as one. 2; 1 to 6.</summary>
    public double SlotsThatCountAsOne { get; init; } = 2;

    /// <summary>A neighbouring cell in which nobody was ever known to be counts as so many slots not heard. 5; 0 to 100.</summary>
    public double UnknownSlots { get; init; } = 5;

    /// <summary>Class B sends with 2 W instead of 12.5 W (ITU-R M.1371-5, annex 7): what class A was heard counts so much for it while it has not been heard itself. 0.7; 0 to 1.</summary>
    public double ClassBOfA { get; init; } = 0.7;

    /// <summary>Weight of the whole area against the cell in how often ships fall silent under way, in slots. 60; 1 to 1000.</summary>
    public double SilentSlots { get; init; } = 60;

    /// <summary>The same for how often a vessel herself falls silent. 20; 1 to 1000.</summary>
    public double OwnSilentSlots { get; init; } = 20;

    /// <summary>How long after its end an hour is learnt from: the bracket, and 2 h for late data (SCIENCE 2.5: up to 96 min seen).</summary>
    public TimeSpan LearntAfter { get; init; } = HeardSlots.Bracket + TimeSpan.FromHours(2);
}
