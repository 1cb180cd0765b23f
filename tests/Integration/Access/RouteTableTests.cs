using System.Net;
using System.Text.RegularExpressions;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Support;
using Microsoft.AspNetCore.Routing;

namespace MaritimeWatch.Integration.Access;

/// <summary>docs/access.md is what the running program does: every route has a row, and every cell is tried.</summary>
public sealed class RouteTableTests(AccessWatch watch) : IClassFixture<AccessWatch>
{
    private static readonly string[] Columns = ["anonymous", .. Roles.All];

    private sealed record Row(string Method, string Route, bool[] Allowed);

    [Fact]
    public void Every_route_of_the_program_has_a_row_and_every_row_a_route()
    {
        var routes = ((IEndpointRouteBuilder)watch.App).DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"]).Select(m => $"{m} /{e.RoutePattern.RawText!.TrimStart('/')}"));
        Assert.Equal(routes.Order(StringComparer.Ordinal), Table().Select(r => $"{r.Method} {r.Route}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_cell_of_the_table_is_what_a_person_of_that_role_meets()
    {
        var breaches = new List<string>();
        // Signing out comes last, or nobody would be left to try the rest.
        foreach (var row in Table().OrderBy(r => r.Method == "DELETE" && r.Route == "/api/session"))
        {
            for (var i = 0; i < Columns.Length; i++)
            {
                var method = row.Method == "ANY" ? HttpMethod.Get : HttpMethod.Parse(row.Method);
                using var answer = await watch.By[Columns[i]].SendAsync(method, Regex.Replace(row.Route, @"\{\**(\w+)\}", m => m.Groups[1].Value == "path" ? "" : "x"), method == HttpMethod.Get ? null : new { });
                var refused = answer.StatusCode == (i == 0 ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden);
                var odd = answer.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.MethodNotAllowed || (int)answer.StatusCode >= 500 || (!refused && answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);
                if (refused == row.Allowed[i] || odd)
                {
                    breaches.Add($"{row.Method} {row.Route} for {Columns[i]}: {(int)answer.StatusCode}, the table says {(row.Allowed[i] ? "yes" : "no")}");
                }
            }
        }

        Assert.True(breaches.Count == 0, string.Join('\n', breaches));
    }

    [Fact]
    public async Task Of_all_files_a_stranger_gets_those_of_the_sign_in_page_alone_and_a_browser_is_led_there_and_back()
    {
        var stranger = watch.By["anonymous"];
        var root = Path.Combine(SharedData.Root, "src", "Server", "wwwroot");
        var files = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(f => $"/{Path.GetRelativePath(root, f).Replace('\\', '/')}").Append("/").Append("/maps/places.json").Append("/no-such-file.js").ToList();
        Assert.Superset(Gate.SignInFiles.ToHashSet(), files.ToHashSet());
        foreach (var file in files)
        {
            using var answer = await stranger.GetRawAsync(file);
            Assert.True(answer.StatusCode == (Gate.SignInFiles.Contains(file) ? HttpStatusCode.OK : HttpStatusCode.Unauthorized), $"{file}: {(int)answer.StatusCode}");
        }

        using var page = await watch.First.GetRawAsync("/");
        using var map = await watch.First.GetRawAsync("/maps/places.json");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (page.StatusCode, map.StatusCode));
        using var led = await stranger.SendAsync(HttpMethod.Get, "/alerts/abc-1?x=1", null, ("Accept", "text/html"));
        Assert.Equal("/sign-in.html?back=%2Falerts%2Fabc-1%3Fx%3D1", led.RequestMessage!.RequestUri!.PathAndQuery);
    }

    private static List<Row> Table()
    {
        var lines = File.ReadLines(Path.Combine(SharedData.Root, "docs", "access.md")).SkipWhile(l => !l.StartsWith("| route |", StringComparison.Ordinal)).TakeWhile(l => l.StartsWith("| ", StringComparison.Ordinal)).Select(l => l.Trim('|', ' ').Split(" | ")).ToList();
        Assert.Equal(["route", .. Columns], lines[0]);
        return [.. lines.Skip(2).Select(cells => new Row(cells[0].Trim('`').Split(' ')[0], cells[0].Trim('`').Split(' ')[1], [.. cells.Skip(1).Select(c => c switch { "yes" => true, "no" => false, _ => throw new FormatException(c) })]))];
    }
}
