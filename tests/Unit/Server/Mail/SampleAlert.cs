using MaritimeWatch.Alerts;
using MaritimeWatch.Detection;
using MaritimeWatch.Server.Mail;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Server.Mail;

/// <summary>A made-up silence off Dover and what belongs to it.</summary>
internal static class SampleAlert
{
    public const string Recipient = "watch@centre.example";

    public static readonly DateTimeOffset Off = new(2026, 11, 23, 14, 5, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset On = Off.AddMinutes(208);

    public static MailOptions Options => new() { From = "alerts@node.example", NodeName = "Northern Node", ConsoleAddress = "https://watch.example/" };

    public static Finding Silence => new()
    {
        Id = "a1b2c3d4e5f60718",
        Kind = FindingKind.Silence,
        Class = FindingClass.Unexplained,
        Alert = true,
        Mmsi = new Mmsi(244012345),
        TrackId = "244012345",
        Imo = ImoNumber.Parse("9074729"),
        VesselId = "hull-1",
        StartTime = Off,
        EndTime = On,
        Start = new GeoPoint(51.02, 1.42),
        End = new GeoPoint(51.31, 2.24),
        Sentence = "NOORDSTER (IMO 9074729, MMSI 244012345) was not heard on AIS for 3 h 28 min on 2026-11-23 from 14:05Z, over 35.3 nm, in the Dover Strait.",
        Band = Band.High,
        PriorNats = -3,
        Evidence =
        [
            new Evidence("reception", "reception", 3.1, "12 other ships within 10 nm were heard 98 % of the time by the same stations."),
            new Evidence("speed", "motion", 1.4, "She was under way at 12.4 kn, steady, until the last report."),
            new Evidence("class", "equipment", 0.6, "Class A sets report every 2 to 10 s under way (ITU-R M.1371-5)."),
            new Evidence("traffic", "reception", -0.7, "Message slots were 61 % full, so some reports are lost by collision."),
        ],
        InnocentCauses =
        [
            new InnocentCause("Receiver down", true, "no; all three stations in range reported throughout."),
            new InnocentCause("Port or anchorage", true, "no; the nearest is 6.0 nm away."),
            new InnocentCause("GNSS interference", false, "No position quality flags in this feed."),
        ],
        WhatToCheck = ["Is the ship safe? Call her on VHF and ask MRCC Dover.", "Satellite AIS for 14:05Z to 17:33Z.", "Radar tracks of the Channel Navigation Information Service."],
        AsOf = On.AddMinutes(10),
        ModelVersion = "gap-2026.1",
    };

    public static Alert First => new()
    {
        CaseId = "a1b2c3d4e5f60718",
        Revision = 1,
        Type = AlertType.Alert,
        ReleasedAt = On.AddMinutes(21),
        ReleasedBy = "duty1",
        Note = "Coast station confirms no contact on VHF 16.",
        Tlp = Tlp.Amber,
        Exercise = false,
        Finding = Silence,
        FindingRevision = 2,
        VesselName = "NOORDSTER",
        FlagText = "NL (by MMSI)",
        PlaceText = "Dover Strait, 6 nm south-east of Dover",
    };

    public static IReadOnlyList<Fix> Track { get; } =
    [
        .. Enumerable.Range(0, 40).Select(i => new Fix(Off.AddMinutes(i - 40), new GeoPoint(51.02 - ((40 - i) * 0.003), 1.42 - ((40 - i) * 0.008)), 12.4, 60)),
        .. Enumerable.Range(0, 20).Select(i => new Fix(On.AddMinutes(i), new GeoPoint(51.31 + (i * 0.002), 2.24 + (i * 0.006)), 11.0, 62)),
    ];
}
