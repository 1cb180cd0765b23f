using MaritimeWatch.Alerts;
using MaritimeWatch.Units;

namespace MaritimeWatch.Registry;

/// <summary>What a notice tells.</summary>
public enum NoticeKind
{
    /// <summary>A statement nobody asked for came in force.</summary>
    StatementInForce,

    /// <summary>A statement in answer to a question came in force.</summary>
    QuestionAnswered,

    /// <summary>A deadline passed without an answer.</summary>
    QuestionOverdue,

    /// <summary>A statement that was in force was taken back.</summary>
    StatementRevoked,

    /// <summary>A ship claims the flag and is not on its register.</summary>
    NotOnRegister,
}

/// <summary>
/// What is told of an act on a file, as it stood then: the same notice always makes the same mail. One mail per notice and recipient.
/// </summary>
public sealed record RegistryNotice
{
    /// <summary>File id and number of the act, for example <c>…-n3</c>.</summary>
    public required string Id { get; init; }

    public required NoticeKind Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    public required Tlp Tlp { get; init; }

    /// <summary>True when the watch runs the exercise: then the word EXERCISE stands in every part of it.</summary>
    public required bool Exercise { get; init; }

    public required FlagState Flag { get; init; }

    /// <summary>The flag in words.</summary>
    public required string FlagName { get; init; }

    public required string HullId { get; init; }

    /// <summary>Name and number of the ship as the watch knows her.</summary>
    public required string ShipText { get; init; }

    /// <summary>The question it is about; null when there is none.</summary>
    public RegistryQuestion? Question { get; init; }

    /// <summary>The statement it is about; null when there is none.</summary>
    public RegistryStatement? Statement { get; init; }

    /// <summary>The statement that stood before; null when there was none.</summary>
    public RegistryStatement? Before { get; init; }

    /// <summary>Id of the notice that the last act on a file makes.</summary>
    public static string IdOf(RegistryFile file) => $"{file.Id}-n{file.History.Count}";

    /// <summary>Ids that notices of the same file can have had before this one.</summary>
    public static IEnumerable<string> EarlierThan(string noticeId) =>
        Enumerable.Range(1, int.Parse(noticeId[(noticeId.LastIndexOf('-') + 2)..], System.Globalization.CultureInfo.InvariantCulture) - 1).Select(n => $"{RegistryRules.FileOf(noticeId)}-n{n}");

    /// <summary>True when an id of something that mails carry is one of a notice.</summary>
    public static bool IsId(string id) => id.LastIndexOf('-') is > 0 and var end && end + 1 < id.Length && id[end + 1] == 'n';
}
