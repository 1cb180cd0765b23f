using System.Text.Json;
using MaritimeWatch.Cases;
using MaritimeWatch.Integration.Commands;
using MaritimeWatch.Integration.Stores;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Support;

namespace MaritimeWatch.Integration.Api;

/// <summary>News as a program hears it: nothing is missed over a break, and each sees what is hers.</summary>
public sealed class EventTests : ConsoleTest
{
    protected override Task FillAsync(IStore store) => Task.CompletedTask;

    [Fact]
    public async Task Who_comes_back_hears_what_she_missed_and_who_was_away_too_long_is_told_to_read_again()
    {
        var events = Service<LiveEvents>();
        var hello = (await HearAsync(Person, null, 1)).Single();
        Assert.Equal("watch", hello.Name);
        events.Tell("registry");
        events.Tell("alerts");
        var missed = await HearAsync(Person, hello.Id, 2);
        Assert.Equal(["registry", "alerts"], missed.Select(m => m.Name));
        events.Tell("registry");
        Assert.Equal(["registry"], (await HearAsync(Person, missed[^1].Id, 1)).Select(m => m.Name));
        for (var i = 0; i <= LiveEvents.Kept; i++)
        {
            events.Tell("watch");
        }

        foreach (var lost in new[] { missed[0].Id, "another-run-7", "nonsense" })
        {
            Assert.Equal(LiveEvents.Again, (await HearAsync(Person, lost, 1)).Single().Name);
        }
    }

    [Fact]
    public async Task A_quiet_line_beats_and_a_change_of_a_case_comes_with_the_id_and_revision_of_its_mail()
    {
        (await Person.PostAsync("/api/accounts", new { name = "a centre", password = ConsoleClient.Password, roles = new[] { "centre" } })).EnsureSuccessStatusCode();
        using var centre = new ConsoleClient(Address);
        await centre.SignInAsync("a centre", ConsoleClient.Password);
        var store = Service<IStore>();
        var (all, released) = (HearAsync(Person, null, 2, "alert"), HearAsync(centre, null, 1, "alert"));
        var beats = await HearAsync(Person, null, 1, "beat");
        Assert.Null(beats.Single().Id);
        await store.Findings.SaveAsync(Samples.Finding("f1"), Samples.Noon, Cancel);
        Assert.True(await store.Cases.ApplyAsync(Samples.Raise("f1"), Cancel));
        Service<LiveEvents>().Tell("alerts");
        await Task.Delay(TimeSpan.FromSeconds(1), Cancel);
        var release = Samples.Release("f1");
        release = release with { File = release.File with { State = CaseState.Released, AlertRevision = 1 } };
        Assert.True(await store.Cases.ApplyAsync(release, Cancel));
        Service<LiveEvents>().Tell("alerts");
        var (seen, centreSaw) = (await all, (await released).Single());
        Assert.Equal([("f1", 0), ("f1", release.Alert!.Revision)], seen.Select(s => (s.Data.GetProperty("caseId").GetString(), s.Data.GetProperty("revision").GetInt32())));
        Assert.Equal(release.Alert.Id, seen[1].Data.GetProperty("alertId").GetString());
        Assert.Equal((release.Alert.Id, "released"), (centreSaw.Data.GetProperty("alertId").GetString(), centreSaw.Data.GetProperty("state").GetString()));
        Assert.False(centreSaw.Data.TryGetProperty("findingRevision", out _));
    }

    private sealed record Heard(string? Id, string Name, JsonElement Data);

    private static async Task<List<Heard>> HearAsync(ConsoleClient by, string? since, int count, string? only = null)
    {
        (string Name, string Value)[] headers = since is null ? [] : [("Last-Event-ID", since)];
        using var answer = await by.SendAsync(HttpMethod.Get, "/api/events", null, headers);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancel));
        var (heard, id, name, data) = (new List<Heard>(), (string?)null, "", "{}");
        while (heard.Count < count && await lines.ReadLineAsync(Cancel) is { } line)
        {
            var parts = line.Split(": ", 2);
            (id, name, data) = parts[0] switch { "id" => (parts[1], name, data), "event" => (id, parts[1], data), "data" => (id, name, parts[1]), _ => (id, name, data) };
            if (line.Length == 0)
            {
                if (only is null || only == name)
                {
                    heard.Add(new Heard(id, name, JsonDocument.Parse(data).RootElement));
                }

                (id, name, data) = (null, "", "{}");
            }
        }

        return heard;
    }
}
