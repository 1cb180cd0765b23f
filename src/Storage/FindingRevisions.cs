using MaritimeWatch.Detection;

namespace MaritimeWatch.Storage;

/// <summary>When a finding is news.</summary>
internal static class FindingRevisions
{
    /// <summary>Looking again without seeing anything else moves only <see cref="Finding.AsOf"/>; that is not a revision.</summary>
    public static bool SaysTheSame(Finding a, Finding b) => StoreJson.Write(a) == StoreJson.Write(b with { AsOf = a.AsOf });
}
