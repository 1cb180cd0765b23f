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

    /// <summary>The refusal of a status that nobody gave words to.</summary>
    public static IResult OfStatus(int status) => status switch
    {
        400 => Of(400, "Request not read", "Expected a request as the description at /api/openapi.json says; found another."),
        401 => Of(401, "Sign-in needed", "Expected a session, or a key as Authorization: Bearer. Sign in, then ask again."),
        403 => Of(403, "Not for your duties", "Expected a person with another duty; docs/access.md says which. Ask an administrator, should this be yours to do."),
        404 => Of(404, "Nothing here", "Expected an address of the description at /api/openapi.json. Check the address."),
        405 => Of(405, "Not with this method", "Expected another method at this address; the header Allow says which."),
        408 => Of(408, "Too slow", "Expected the whole request sooner. Send it again."),
        413 => Of(413, "Too much at once", $"Expected at most {Access.Gate.MostBytes / 1024 / 1024} MB. Send it in parts."),
        415 => Of(415, "Not this kind of body", "Expected a body of the media type that the description at /api/openapi.json names, with the header Content-Type."),
        429 => Of(429, "Too many requests", "Expected fewer requests in this time. Wait as the header Retry-After says."),
        431 => Of(431, "Headers too large", "Expected less in the headers of the request."),
        >= 500 => Of(status, "The server failed", "Something went wrong here that is not of your doing. Try again; if it stays, tell who runs the server the traceId below."),
        _ => Of(status, "Refused", "Expected another request; the status says in what way."),
    };

    public static IResult NotFound(string what) => Of(404, $"{what} not found", $"Expected the id of a known {what.ToLowerInvariant()}. Check the address.");
}
