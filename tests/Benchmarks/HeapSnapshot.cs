using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;

namespace MaritimeWatch.Benchmarks;

/// <summary>What a page's memory is made of, bytes after a collection: what scripts hold, what their compilation takes, and what the browser keeps.</summary>
/// <param name="Scripts">Objects, arrays, closures, strings and numbers: all that a page's scripts can reach.</param>
/// <param name="Compiled">Bytecode, machine code and what the compiler learnt; grows until all is compiled.</param>
/// <param name="Browser">Elements, styles and the browser's own records, such as timings of resources, of which it keeps a fixed number.</param>
internal sealed record HeapSnapshot(long Scripts, long Compiled, long Browser)
{
    /// <summary>Takes a snapshot of the page of a session in which the heap profiler is on.</summary>
    public static async Task<HeapSnapshot> TakeAsync(ICDPSession session)
    {
        var text = new StringBuilder();
        void Take(object? sender, JsonElement? part)
        {
            lock (text)
            {
                text.Append(part!.Value.GetProperty("chunk").GetString());
            }
        }

        var parts = session.Event("HeapProfiler.addHeapSnapshotChunk");
        parts.OnEvent += Take;
        await session.SendAsync("HeapProfiler.takeHeapSnapshot", new Dictionary<string, object> { ["reportProgress"] = false });
        parts.OnEvent -= Take;
        lock (text)
        {
            using var snapshot = JsonDocument.Parse(text.ToString());
            return Of(snapshot.RootElement);
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"scripts {Scripts / 1024.0:0.0}, compiled {Compiled / 1024.0:0.0}, browser {Browser / 1024.0:0.0} KiB");

    private static HeapSnapshot Of(JsonElement root)
    {
        var meta = root.GetProperty("snapshot").GetProperty("meta");
        var fields = meta.GetProperty("node_fields").EnumerateArray().Select(f => f.GetString()).ToList();
        var types = meta.GetProperty("node_types")[0].EnumerateArray().Select(t => t.GetString()!).ToList();
        var (type, size, at) = (fields.IndexOf("type"), fields.IndexOf("self_size"), 0);
        var (bytes, kind) = (new Dictionary<string, long>(), "");
        foreach (var value in root.GetProperty("nodes").EnumerateArray())
        {
            if (at == type)
            {
                kind = types[value.GetInt32()];
            }
            else if (at == size)
            {
                bytes[kind] = bytes.GetValueOrDefault(kind) + value.GetInt64();
            }

            at = (at + 1) % fields.Count;
        }

        var (compiled, browser) = (bytes.GetValueOrDefault("code") + bytes.GetValueOrDefault("object shape"), bytes.GetValueOrDefault("native"));
        return new HeapSnapshot(bytes.Values.Sum() - compiled - browser, compiled, browser);
    }
}
