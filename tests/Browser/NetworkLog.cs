using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace MaritimeWatch.Browser;

/// <summary>Every request and WebSocket of every page of the suite, by host. What stays within the page (data:, blob:) is no request.</summary>
internal sealed class NetworkLog
{
    private readonly ConcurrentDictionary<string, int> requests = new(), sockets = new();
    private readonly ConcurrentDictionary<string, byte> own = new();
    private readonly ConcurrentBag<string> outside = [];

    /// <summary>Names a server of the suite.</summary>
    public void Own(string address) => own[new Uri(address).Authority] = 0;

    public void Watch(IBrowserContext context)
    {
        context.Request += (_, request) => Note(requests, request.Url);
        context.Page += (_, page) => page.WebSocket += (_, socket) => Note(sockets, socket.Url);
    }

    /// <exception cref="InvalidOperationException">Another host was asked.</exception>
    public void Holds()
    {
        if (!outside.IsEmpty)
        {
            throw new InvalidOperationException($"Expected requests to the server of the suite alone; found {string.Join(", ", outside.Distinct().Take(20))}. What a page needs comes from its own host.");
        }
    }

    public override string ToString() => $"Network log: {requests.Values.Sum()} requests and {sockets.Values.Sum()} WebSockets, to {string.Join(", ", requests.Keys.Union(sockets.Keys).Order(StringComparer.Ordinal).Select(h => $"{h} ({requests.GetValueOrDefault(h)} and {sockets.GetValueOrDefault(h)})"))}; {outside.Count} to other hosts.";

    private void Note(ConcurrentDictionary<string, int> counts, string url)
    {
        if (url.StartsWith("data:", StringComparison.Ordinal) || url.StartsWith("blob:", StringComparison.Ordinal) || url.StartsWith("about:", StringComparison.Ordinal))
        {
            return;
        }

        var host = new Uri(url).Authority;
        counts.AddOrUpdate(host, 1, (_, n) => n + 1);
        if (!own.ContainsKey(host))
        {
            outside.Add(url);
        }
    }
}
