using MaritimeWatch.Alerts;
using MaritimeWatch.Cases;
using MaritimeWatch.Detection;
using MaritimeWatch.Identity;
using MaritimeWatch.Records;
using MaritimeWatch.Registry;
using MaritimeWatch.Rules;
using MaritimeWatch.Storage;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Integration.Stores;

/// <summary>Small made records for the store suites.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    public static readonly Mmsi Ship = new(235_000_001), OtherShip = new(538_000_002);

    /// <summary>Quotes, markup, a NUL, letters beyond the basic plane, line ends: what a hostile source may send.</summary>
    public const string Hostile = "'; DROP TABLE audit; -- \"x\" \0 <script>\r\n\t % _ \\ Ø 船 🚢";

    public static Fix FixAt(double minutes, double latDeg = 50.5, double? sogKnots = 12.3) =>
        new(Noon.AddMinutes(minutes), new GeoPoint(latDeg, -1.25), sogKnots, 93.4, 94, NavigationalStatus.UnderWayUsingEngine, TransponderClass.A, ReceiverKind.Terrestrial);

    public static PositionReport Report(Mmsi mmsi, Fix fix) => new(mmsi, fix, fix.Time.AddSeconds(2), "station");

    public static IntakeBatch Batch(params (Mmsi Mmsi, Fix Fix)[] fixes)
    {
        var count = new IntakeCount();
        count.Accept(fixes.Length);
        return new IntakeBatch { Feed = "feed", Count = count, Positions = [.. fixes.Select(f => Report(f.Mmsi, f.Fix))] };
    }

    public static IntakeBatch Noticed(params Candidate[] candidates) => Batch() with { Candidates = candidates };

    public static IdentityClaim Claim(string name, int day = 0, Mmsi? mmsi = null, string? imo = "9074729") => new()
    {
        Source = "source", Origin = ClaimOrigin.Broadcast, Mmsi = mmsi ?? Ship, ImoAsStated = imo, CallSign = "MABC1", Name = name, ShipType = 70, LengthM = 100.5,
        FirstSeen = Noon.AddDays(day), LastSeen = Noon.AddDays(day),
    };

    public static Finding Finding(string id = "f1", double nats = 1.5, int hour = 0, Mmsi? mmsi = null) => new()
    {
        Id = id, Kind = FindingKind.Silence, Class = FindingClass.Unexplained, Alert = true, Mmsi = mmsi ?? Ship, TrackId = "235000001", Imo = ImoNumber.Parse("9074729"),
        VesselId = "v1", StartTime = Noon.AddHours(hour), Start = new GeoPoint(50.123456789, -1.3), Sentence = "A sentence.", Band = Band.Medium, PriorNats = -2,
        Evidence = [new Evidence("length", "silence", nats, "Silent for 9 h.", ["claim1"]), new Evidence("cover", "reception", 0.1, "Others were heard.")],
        InnocentCauses = [new InnocentCause("port", true, "No port within 20 nm.")], WhatToCheck = ["Call the ship."], AsOf = Noon.AddHours(10), ModelVersion = "1",
    };

    public static AuditNote Note(string act = "act", string by = "anna") => new(Noon, by, act, "subject", "detail");

    public static ApiKey Key(string id, string hash) => new(id, hash, "mw_abcdefgh", Hostile, "anna", "stamp", ["alerts:read"], "anna", Noon, Noon.AddDays(30));

    public static CaseFile Case(string id, params CaseAct[] acts) => new(id, CaseState.New, Noon, 1, 0,
        [.. acts.Select((act, i) => new CaseEvent(i + 1, Noon.AddMinutes(i), "anna", act, act == CaseAct.Dismiss ? DismissalReason.Port : null, Hostile, 1))]);

    public static Alert Alert(string caseId, int revision) => new()
    {
        CaseId = caseId, Revision = revision, Type = AlertType.Alert, ReleasedAt = Noon, ReleasedBy = "anna", Note = "note", Tlp = Tlp.AmberStrict, Exercise = true,
        Finding = Finding(caseId), FindingRevision = 1, PlaceText = "Dover Strait",
    };

    public static OutboxMail Mail(string alertId, string recipient, int dueMinutes = 0) => new($"{alertId}:{recipient}", alertId, recipient, MailState.Pending, 0, Noon.AddMinutes(dueMinutes), null);

    public static RegistryFile Asked { get; } = RegistryRules.Ask(RegistryRules.Begin(FlagState.Parse("PA"), "imo:9074729"), new RegistryPerson("anna", null, true), new QuestionDraft(Hostile, "a rule", Tlp.Green, "a@x.test", Noon.AddHours(1)), Noon).After!;

    public static RegistryFile Answered { get; } = RegistryRules.State(Asked, new RegistryPerson("bert", FlagState.Parse("PA"), true),
        new StatementDraft(new StatementContent(new RegisteredShip(ImoNumber.Parse("9074729"), Ship, Hostile), RegisterStatus.Registered, Noon.AddYears(-1), null, "entry 4"), Tlp.Green, Asked.Questions[0].Id, null, null), false, Noon.AddMinutes(5)).After!;

    public static RegistryChange Ask() => new(Asked, 0, [], [], [], [], Note("ask"));

    /// <summary>From nothing to an answer in force, with its notice, one mail, its claim and a vessel to judge.</summary>
    public static RegistryChange Stated(DateTimeOffset? mailDue = null, int eventsBefore = 0)
    {
        var notice = new RegistryNotice { Id = RegistryNotice.IdOf(Answered), Kind = NoticeKind.QuestionAnswered, At = Noon, Tlp = Tlp.Green, Exercise = true, Flag = Answered.Flag, FlagName = "Panama", HullId = Answered.HullId, ShipText = Hostile, Question = Answered.Questions[0], Statement = Answered.Statements[0] };
        return new RegistryChange(Answered, eventsBefore, [notice], [new OutboxMail($"{notice.Id}:a@x.test", notice.Id, "a@x.test", MailState.Pending, 0, mailDue ?? Noon, null)], [Answered.Statements[0].Claim()!], [new Candidate(Ship, CandidateKind.Identity, Noon)], Note("state"));
    }

    public static DrawnArea Area(string id, int version = 1, string name = Hostile) => new()
    {
        Id = id, Version = version, Name = name, Owner = "anna", By = "anna", At = Noon.AddDays(version), BufferNm = 2.5, Retired = version > 2,
        Polygons = [new AreaPolygon([new(50, 179.123456789), new(50, -179), new(51, 180)], [[new(50.1, 179.5), new(50.1, 179.6), new(50.2, 179.5)]])],
    };

    public static WatchRule Rule(string id, int version = 1) => new()
    {
        Id = id, Version = version, Name = Hostile, Owner = "anna", By = "anna", At = Noon, What = new([FindingKind.FlagHop], [FindingClass.FlagHop]), Where = [new("a1", 1)],
        Who = new([30, 70], 12.5, null, TransponderClass.A, ["imo:9074729"], [FlagState.Parse("PA")]), Threshold = new(null, 0.25), Exclusions = [new(["mmsi:235000001"], [new("a1", 1)], [], "anna", Hostile, Noon.AddDays(1))],
        ExpiresAt = Noon.AddDays(9), ReviewAt = Noon.AddDays(5), MailTo = ["a@x.test"], SwitchedOff = version > 1,
    };

    public static RegistrySubscription Wish(string id) => new(id, "anna", "a@x.test", SubscriptionKind.Hull, "imo:9074729", null, Noon);

    public static Suspension Suspended(string id, DateTimeOffset? at = null) => new()
    {
        Id = id, HullId = "imo:9074729", Mmsi = Ship, Imo = ImoNumber.Parse("9074729"), Kinds = [FindingKind.Silence], Reason = SuspensionReason.LaidUp, Text = Hostile, Owner = "anna",
        From = Noon, Until = Noon.AddDays(3), By = "anna", At = at ?? Noon,
    };

    public static CaseChange Raise(string id) => new(Case(id, CaseAct.Raise), 0, null, [], Note("raise"));

    public static CaseChange Release(string id) => new(Case(id, CaseAct.Raise, CaseAct.Release), 1, Alert(id, 1), [Mail($"{id}-1", "a@x.test"), Mail($"{id}-1", "b@x.test", 10)], Note("release"));
}
