using System.Globalization;
using System.Threading.RateLimiting;
using MaritimeWatch.Server.Api;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.RateLimiting;

namespace MaritimeWatch.Server.Access;

/// <summary>What holds for every request, whoever sends it: how large, how often, and what a browser may do with the answer.</summary>
internal static class Gate
{
    /// <summary>Policy of the rate limiter for routes that look at passwords.</summary>
    public const string Throttle = "sign-in";

    /// <summary>Every request that changes something carries this header, which a form of another site cannot set.</summary>
    public const string OwnHeader = "X-MaritimeWatch";

    /// <summary>Bytes of a request's body; the largest that is asked for is a CSV of a megabyte.</summary>
    public const int MostBytes = 2 * 1024 * 1024;

    public const int SignInsPerMinute = 20;

    private const int RequestsAtOnce = 600, RequestsPerSecond = 20, RequestsOfKeyAtOnce = 120, RequestsOfKeyPerSecond = 10;

    private const string Policy = "default-src 'self'; style-src 'self'; worker-src 'self'; img-src 'self' data: blob:; connect-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    // Hangfire's pages carry their scripts and styles within; only administrators get to see them.
    private const string JobsPolicy = "default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

    /// <summary>The page to sign in on and what it fetches: all the files a stranger gets.</summary>
    public static IReadOnlySet<string> SignInFiles { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "/sign-in.html", "/favicon.svg", "/palette.json", "/css/base.css", "/css/pages.css", "/js/sign-in.js", "/js/api.js", "/js/dom.js", "/js/palette.js", "/js/text.js", "/js/sign-in-openid.js",
        "/lang/en/common.json", "/lang/en/sign-in.json", "/lang/fr/common.json", "/lang/fr/sign-in.json", "/lang/ar/common.json", "/lang/ar/sign-in.json", "/lang/en/access.json", "/lang/fr/access.json", "/lang/ar/access.json",
    };

    public static void Add(IServiceCollection services)
    {
        // Only a proxy on this machine is believed: for others the framework's list is to be filled on purpose.
        services.Configure<ForwardedHeadersOptions>(proxy => proxy.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto);
        services.AddRateLimiter(Limit);
    }

    /// <summary>Before everything: headers that every answer carries, errors too, and a body too large refused by what it says of itself.</summary>
    public static Task EnterAsync(HttpContext http, RequestDelegate next)
    {
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            var path = http.Request.Path;
            headers.ContentSecurityPolicy = headers.ContentSecurityPolicy.Count > 0 ? headers.ContentSecurityPolicy : path.StartsWithSegments("/jobs") ? JobsPolicy : Policy;
            headers.CacheControl = headers.CacheControl.Count > 0 ? headers.CacheControl : path.StartsWithSegments("/api") ? "no-store" : "no-cache";
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            if (http.Request.IsHttps)
            {
                headers.StrictTransportSecurity = "max-age=31536000";
            }

            return Task.CompletedTask;
        });
        if (http.Request.ContentLength > MostBytes)
        {
            // What is still under way is not read: the connection ends with the answer.
            http.Response.Headers.Connection = "close";
            return Problem.Of(413, "Too much at once", $"Expected at most {MostBytes / 1024 / 1024} MB. Send it in parts.").ExecuteAsync(http);
        }

        if (http.Request.Headers.ContentEncoding is [{ Length: > 0 } coding, ..] && !coding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            // What a packed body grows to is not known before it is unpacked.
            http.Response.Headers.AcceptEncoding = "identity";
            return Problem.Of(415, "Not packed, please", $"Expected a body as it is; found Content-Encoding {(coding.Length > 20 ? "of another kind" : coding)}. Send it unpacked.").ExecuteAsync(http);
        }

        // A page of another site may open a socket or a stream with this person's cookie, but not hide where it comes from (RFC 6455, section 10.2).
        if (http.Request.Headers.Origin is [{ } origin, ..] && !IsOwn(origin, http.Request))
        {
            return Problem.Of(403, "Not from there", "Expected a page of this console; found one of another site. Open the console itself.").ExecuteAsync(http);
        }

        if (http.Request.Path.StartsWithSegments("/api") && !HttpMethods.IsGet(http.Request.Method) && !http.Request.Headers.ContainsKey(OwnHeader) && !KeyDoor.Has(http.Request))
        {
            return Problem.Of(400, "Header missing", $"A request that changes something carries the header {OwnHeader}.").ExecuteAsync(http);
        }

        return next(http);
    }

    // The host that was asked, or the address that stands in the mails, should a proxy not pass the host on.
    private static bool IsOwn(string origin, HttpRequest request) => Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Scheme is ("http" or "https") && (string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)
        || (Uri.TryCreate(request.HttpContext.RequestServices.GetRequiredService<Settings.Settings>().Mail.ConsoleAddress, UriKind.Absolute, out var told) && from.Authority == told.Authority));

    // Twenty sign-ins a minute from an address; of everything else as much as a console at work needs, by person, or by address before sign-in.
    private static void Limit(RateLimiterOptions limits)
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.AddPolicy(Throttle, http => RateLimitPartition.GetFixedWindowLimiter(Lockout.AddressOf(http), _ => new FixedWindowRateLimiterOptions { PermitLimit = SignInsPerMinute, Window = TimeSpan.FromMinutes(1) }));
        limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => !http.Request.Path.StartsWithSegments("/api") ? RateLimitPartition.GetNoLimiter("")
            : Keys.PartitionOf(http.User) is { } key ? RateLimitPartition.GetTokenBucketLimiter($"key {key}", _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = RequestsOfKeyAtOnce,
                TokensPerPeriod = RequestsOfKeyPerSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            })
            : RateLimitPartition.GetTokenBucketLimiter(http.User.Identity?.Name is { } name ? $"person {name}" : $"address {Lockout.AddressOf(http)}", _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = RequestsAtOnce,
                TokensPerPeriod = RequestsPerSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            }));
        limits.OnRejected = (refused, _) => new ValueTask(TooMany(refused.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1)).ExecuteAsync(refused.HttpContext));
    }

    /// <summary>Wait, then try again.</summary>
    public static IResult TooMany(TimeSpan wait) => new Later(wait);

    private sealed record Later(TimeSpan Wait) : IResult
    {
        public Task ExecuteAsync(HttpContext http)
        {
            var seconds = Math.Max(1, (int)Math.Ceiling(Wait.TotalSeconds));
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return Problem.Of(429, "Too many tries", $"Expected fewer requests in this time. Wait {seconds} s, then try again.").ExecuteAsync(http);
        }
    }
}
