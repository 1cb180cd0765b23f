using System.Globalization;
using System.Net.Sockets;

namespace MaritimeWatch.Feeds.Transport;

/// <summary>
/// Datagrams that the kernel dropped before we could read them, as Linux tells for a socket: column <c>drops</c> of
/// /proc/net/udp and udp6 (proc_net(5)). Elsewhere it is not known.
/// </summary>
internal static class KernelDrops
{
    /// <summary>So many since the socket was opened; null when the system does not say.</summary>
    public static long? Of(Socket socket)
    {
        if (!OperatingSystem.IsLinux() || new FileInfo($"/proc/self/fd/{socket.Handle}").LinkTarget is not { } link || !link.StartsWith("socket:[", StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            return In(File.ReadLines(socket.AddressFamily == AddressFamily.InterNetworkV6 ? "/proc/net/udp6" : "/proc/net/udp"), link[8..^1]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Reads the table: the tenth column is the socket's inode, the last one its drops.</summary>
    public static long? In(IEnumerable<string> table, string inode)
    {
        foreach (var line in table)
        {
            var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (columns.Length >= 13 && columns[9] == inode && long.TryParse(columns[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var drops))
            {
                return drops;
            }
        }

        return null;
    }
}
