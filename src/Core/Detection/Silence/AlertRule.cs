namespace MaritimeWatch.Detection.Silence;

/// <summary>
/// When a silence is raised to a person (SCIENCE 2.5, rule 2; 6, H6 and H14). It looks at nothing but the terms that are shown,
/// so whoever takes one away on paper sees what the machine would have done without it.
/// </summary>
public static class AlertRule
{
    /// <summary>Whether a class says something of the ship at all.</summary>
    public static bool Tells(FindingClass kind) => kind is FindingClass.Unexplained or FindingClass.DarkMeeting or FindingClass.DarkTransit;

    /// <summary>Raised when the silence itself weighs enough, two families speak for it, and the score reaches the threshold.</summary>
    public static bool Raises(FindingClass kind, IReadOnlyList<Evidence> evidence, bool smallCraft, SilenceOptions options) =>
        Tells(kind) && !smallCraft
        && evidence.Where(e => e.Name == SilenceEvidence.Silence).Sum(e => e.Nats) >= options.LeastSilenceNats
        && evidence.Where(e => e.Nats > 0).Select(e => e.Family).Distinct().Count() >= 2
        && options.PriorNats + evidence.Sum(e => e.Nats) >= options.AlertAtNats;
}
