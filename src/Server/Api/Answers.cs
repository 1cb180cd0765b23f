using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Api;

/// <summary>A place as the API writes it.</summary>
internal sealed record PlaceAnswer(double LatDeg, double LonDeg)
{
    public static PlaceAnswer? Of(GeoPoint? at) => at is { } p ? new PlaceAnswer(p.LatDeg, p.LonDeg) : null;
}

/// <summary>Refusals, as RFC 9457 problem details with what to do.</summary>
internal static class Problem
{
    public static IResult Of(int status, string title, string detail) => Results.Problem(statusCode: status, title: title, detail: detail);

    public static IResult NotFound(string what) => Of(404, $"{what} not found", $"Expected the id of a known {what.ToLowerInvariant()}. Check the address.");
}
