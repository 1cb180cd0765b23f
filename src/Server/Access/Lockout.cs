using System.Net;
using System.Net.Sockets;

namespace MaritimeWatch.Server.Access;

/// <summary>
/// Makes whoever guesses passwords wait: after five wrong ones for a name, or twenty-five from an address (an office shares one), half
/// a minute, then twice as long with each further one, up to fifteen minutes. Names that nobody has wait alike, so waiting tells nothing.
/// </summary>
/// <remarks>
/// Kept in the memory of each web process and not in the store: a stranger would choose what is written there. Several processes
/// therefore allow as many times five tries, and a restart forgets; the limit of sign-ins per address holds beside it.
/// </remarks>
internal sealed class Lockout(TimeProvider clock)
{
    public const int TriesOfName = 5, TriesOfAddress = 25;

    private const int MostKept = 20_000;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30), LongestWait = TimeSpan.FromMinutes(15), Forgotten = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, (int Wrong, DateTimeOffset Last, DateTimeOffset Until)> kept = new(StringComparer.Ordinal);

    /// <summary>Counts a try as wrong until it is known to be right, so that many at once get no further than one after the other.</summary>
    /// <returns>How long to wait before a password is looked at; null when it may be looked at now.</returns>
    public TimeSpan? Begin(string name, string address)
    {
        var now = clock.GetUtcNow();
        lock (gate)
        {
            var wait = new[] { Wait(NameKey(name), now), Wait(AddressKey(address), now) }.Max();
            if (wait > TimeSpan.Zero)
            {
                return wait;
            }

            Count(NameKey(name), TriesOfName, now);
            Count(AddressKey(address), TriesOfAddress, now);
            return null;
        }
    }

    /// <summary>The password was right: the name starts anew, and the address has one wrong try less.</summary>
    public void Right(string name, string address)
    {
        lock (gate)
        {
            kept.Remove(NameKey(name));
            if (kept.TryGetValue(AddressKey(address), out var one))
            {
                kept[AddressKey(address)] = (Math.Max(0, one.Wrong - 1), one.Last, one.Last);
            }
        }
    }

    /// <summary>True when this many wrong tries make the name wait now.</summary>
    public bool Waits(string name)
    {
        lock (gate)
        {
            return Wait(NameKey(name), clock.GetUtcNow()) > TimeSpan.Zero;
        }
    }

    /// <summary>The address that limits count by; of IPv6 the network of 64 bits, which one person has to herself.</summary>
    public static string AddressOf(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : http.Connection.RemoteIpAddress;
        return address is { AddressFamily: AddressFamily.InterNetworkV6 } six && !IPAddress.IsLoopback(six) ? Convert.ToHexStringLower(six.GetAddressBytes().AsSpan(0, 8)) : address?.ToString() ?? "";
    }

    private TimeSpan Wait(string key, DateTimeOffset now) => kept.TryGetValue(key, out var one) ? one.Until - now : TimeSpan.Zero;

    private void Count(string key, int tries, DateTimeOffset now)
    {
        if (kept.Count >= MostKept)
        {
            Tidy(now);
        }

        var wrong = (kept.TryGetValue(key, out var one) && now - one.Last < Forgotten ? one.Wrong : 0) + 1;
        var doublings = Math.Min(wrong - tries, 10);
        var wait = doublings < 0 ? TimeSpan.Zero : FirstWait * Math.Pow(2, doublings);
        kept[key] = (wrong, now, now + (wait < LongestWait ? wait : LongestWait));
    }

    // Room is made by what is over, then by what was tried longest ago.
    private void Tidy(DateTimeOffset now)
    {
        foreach (var key in kept.Where(k => now - k.Value.Last >= Forgotten).Select(k => k.Key).ToList())
        {
            kept.Remove(key);
        }

        foreach (var key in kept.OrderBy(k => k.Value.Last).Take(kept.Count - (MostKept * 3 / 4)).Select(k => k.Key).ToList())
        {
            kept.Remove(key);
        }
    }

    private static string NameKey(string name) => $"name {name.ToUpperInvariant()}";

    private static string AddressKey(string address) => $"address {address}";
}
