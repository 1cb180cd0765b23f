using MaritimeWatch.Cases;
using MaritimeWatch.Detection;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Watch;

/// <summary>What new data changed of a finding, in a sentence whose first word says how (PRODUCT A12).</summary>
internal static class CaseWords
{
    /// <summary>Evidence with which a judgement takes a finding back; its text is the cause.</summary>
    private static readonly string[] TakenBack = ["lateData", "superseded"];

    /// <summary>Null when there is nothing to say of it.</summary>
    public static string? Change(Finding? before, Finding now)
    {
        if (!now.Alert)
        {
            return now.Evidence.LastOrDefault(e => TakenBack.Contains(e.Name)) is { } cause ? $"withdrawn: {cause.Text}" : $"withdrawn: with what is known now it would not be raised; {now.Sentence}";
        }

        if (before is null)
        {
            return null;
        }

        var (was, length) = (before.EndTime - before.StartTime, now.EndTime - now.StartTime);
        return (was, length) switch
        {
            (null, { } l) => $"ended {FactId.Iso(now.EndTime!.Value)[..16].Replace('T', ' ')} UTC after {Length(l)}: she is heard again",
            ({ } w, { } l) when l < w => $"shortened from {Length(w)} to {Length(l)}: messages that came late show that she was heard meanwhile",
            ({ } w, { } l) when l > w => $"extended from {Length(w)} to {Length(l)}: with the messages known now she was heard again later",
            ({ } w, null) => $"reopened: it had ended after {Length(w)}, and what ended it does not stand any more",
            _ when before.Class != now.Class => $"revised: {before.Class} became {now.Class} with the data known now",
            _ when !before.Alert => "raised anew: with the data known now it stands again",
            _ => null,
        };
    }

    public static string Held(Suspension by) => $"withdrawn: suspended by {by.Owner} for what begins until {FactId.Iso(by.End())[..16].Replace('T', ' ')} UTC; {by.Text}";

    /// <summary>9 h 16 min, to the nearest minute.</summary>
    public static string Length(TimeSpan time)
    {
        var minutes = (long)Math.Round(time.TotalMinutes);
        return minutes < 60 ? $"{minutes} min" : $"{minutes / 60} h {minutes % 60} min";
    }
}
