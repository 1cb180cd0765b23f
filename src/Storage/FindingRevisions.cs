using MaritimeWatch.Detection;

namespace MaritimeWatch.Storage;

/// <summary>When a finding is news, and makes a revision.</summary>
internal static class FindingRevisions
{
    /// <summary>Looking again without seeing anything else moves only <see cref="Finding.AsOf"/>; that is not a revision.</summary>
    public static bool SaysTheSame(Finding a, Finding b) => StoreJson.Write(a) == StoreJson.Write(b with { AsOf = a.AsOf });

    /// <summary>
    /// True when what nobody is shown has only gone on: the same class and band, still open, no alert before or after. Then the
    /// revision is brought up to date, since a new one every ten minutes would tell nothing but the time (43 of the 60 MB of a
    /// day of the exercise were such revisions).
    /// </summary>
    public static bool OnlyWentOn(Finding before, Finding now) =>
        before is { Alert: false, EndTime: null } && now is { Alert: false, EndTime: null } && before.Class == now.Class && before.Band == now.Band;
}
