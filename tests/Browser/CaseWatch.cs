using System.Text;
using MaritimeWatch.Detection;
using MaritimeWatch.Feeds.Raw;
using MaritimeWatch.Identity;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Server.Commands;
using MaritimeWatch.Server.Settings;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Storage.Raw;
using MaritimeWatch.Support;
using MaritimeWatch.Units;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace MaritimeWatch.Browser;

/// <summary>The real console without feeds, on findings that a journey saves as the judgement would: what happens in it happens when the journey says so.</summary>
public sealed class CaseWatch : IAsyncLifetime
{
    /// <summary>Who sent the line that is kept for each finding.</summary>
    internal static readonly Mmsi Ship = new(477_553_000);

    internal static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();
    private WebApplication? app;

    public string Address { get; private set; } = "";

    internal static string Line => "!AIVDM,1,1,,B,177KQJ5000G?tO`K>RA1wUbN0TKH,0*5C";

    internal T Service<T>()
        where T : notnull => app!.Services.GetRequiredService<T>();

    public async ValueTask InitializeAsync()
    {
        Directory.SetCurrentDirectory(SharedData.Root);
        Address = SharedData.FreeAddress();
        app = ServeCommand.Build(House.Find(), null, Address, [$"Node:DataFolder={folder.Path}", "Node:Roles=web", "Node:Exercise=true", "Assessment:BlindShare=0", $"Mail:PickupFolder={folder.At("outbox")}"]);
        await app.StartAsync();
        using var person = new ConsoleClient(Address);
        await person.FirstStartAsync($"code {Service<FirstStart>().Code}");
        await Service<IStore>().Identities.AddClaimsAsync([new IdentityClaim { Source = "AIS", Origin = ClaimOrigin.Broadcast, Mmsi = Ship, ImoAsStated = "9074729", Name = "EXER PLOVER", ShipType = 70, LengthM = 120, FirstSeen = Noon, LastSeen = Noon }]);
        var raw = new RawLines();
        foreach (var began in new[] { Noon, Noon.AddHours(-10) })
        {
            for (var i = 0; i < 25; i++)
            {
                raw.Add(began.AddMinutes(-i - 1), Encoding.Latin1.GetBytes(Line));
            }
        }

        Service<RawLog>().Append("north coast", raw.Hours, raw.Count);
        for (var i = 0; i < 10; i++)
        {
            await FoundAsync(Silence($"00000000000001{i:00}", hour: -2 * i, score: 3 - (0.2 * i)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }

        folder.Dispose();
    }

    /// <summary>A silence that is raised: three reasons for it and two against.</summary>
    internal static Finding Silence(string id, int hour = 0, double? hours = null, double score = 3, bool alert = true) => new()
    {
        Id = id, Kind = FindingKind.Silence, Class = FindingClass.Unexplained, Alert = alert, Mmsi = Ship, TrackId = Ship.ToString(), Imo = ImoNumber.Parse("9074729"), VesselId = "imo:9074729",
        StartTime = Noon.AddHours(hour), EndTime = hours is { } h ? Noon.AddHours(hour + h) : null, Start = new GeoPoint(51.02, 1.4), Sentence = $"EXER PLOVER was not received from {FactId.Iso(Noon.AddHours(hour))}: unexplained.",
        Band = Band.High, Calibrated = 1 / (1 + Math.Exp(-score)), PriorNats = -2, InnocentCauses = [new InnocentCause("port", true, "No port within 20 nm.")], WhatToCheck = ["Is she safe? Call her.", "Other sources for the same time."], AsOf = Noon.AddHours(hour), ModelVersion = "1",
        Evidence =
        [
            new Evidence("silenceAgainstReception", "reception", score, "Others near were heard in 7 of 7 half hours, she in none.", [FactId.Iso(Noon)]), new Evidence("underWay", "kinematics", 1, "She was under way at 13.0 kn.", [FactId.Iso(Noon)]),
            new Evidence("regularBefore", "onset", 1, "In the two hours before she was heard steadily.", [FactId.Iso(Noon)]), new Evidence("classB", "reception of class B", -0.5, "Class B gives way in busy water.", [FactId.Iso(Noon)]), new Evidence("slow", "lawful", -0.5, "She made 1.0 kn when last heard.", [FactId.Iso(Noon)]),
        ],
    };

    /// <summary>What the corridor does with a judged finding; consoles are told as after a round of judgement.</summary>
    internal async Task FoundAsync(Finding finding)
    {
        await Service<CaseDesk>().FollowAsync(await Service<IStore>().Findings.SaveAsync(finding, Noon), CancellationToken.None);
        Service<LiveEvents>().Tell("alerts");
    }
}
