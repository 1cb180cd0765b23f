using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace MaritimeWatch.Server.Api;

/// <summary>
/// Makes a repeated request harmless: with the header <c>Idempotency-Key</c> the first answer is kept for a day and given again to the same
/// person for the same key and body; another body under the key is refused with 422, and one that is still under way with 409.
/// </summary>
/// <remarks>Kept in the memory of each web process: a restart forgets, and another process knows nothing of it.</remarks>
internal sealed class Once(TimeProvider clock)
{
    public const string Header = "Idempotency-Key";

    private const int LongestKey = 100, MostKept = 10_000;
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    private readonly ConcurrentDictionary<(string Person, string Key), Act> acts = new();

    private sealed record Act(string Asked, DateTimeOffset At)
    {
        public (int Status, string? Type, byte[] Body)? Answer { get; set; }
    }

    internal sealed record Mark;

    public async Task EnterAsync(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<Mark>() is null || http.Request.Headers[Header] is not [{ } key, ..])
        {
            await next(http);
            return;
        }

        if (key.Length is 0 or > LongestKey || !key.All(c => c is > ' ' and <= '~'))
        {
            await Problem.Of(400, "Key not accepted", $"Expected {Header} of 1 to {LongestKey} letters, digits and signs; found another.").ExecuteAsync(http);
            return;
        }

        Tidy();
        http.Request.EnableBuffering();
        var asked = await AskedAsync(http);
        var own = new Act(asked, clock.GetUtcNow());
        var (place, act) = ((http.User.Identity!.Name!, key), own);
        act = acts.GetOrAdd(place, own);
        if (!ReferenceEquals(act, own))
        {
            await AgainAsync(http, act, asked);
            return;
        }

        var (body, kept) = (http.Response.Body, new MemoryStream());
        http.Response.Body = kept;
        try
        {
            await next(http);
        }
        catch
        {
            acts.TryRemove(place, out _);
            throw;
        }
        finally
        {
            http.Response.Body = body;
        }

        if (http.Response.StatusCode is >= 200 and < 300)
        {
            own.Answer = (http.Response.StatusCode, http.Response.ContentType, kept.ToArray());
        }
        else
        {
            // Nothing was made: the same key may be tried again with what was amiss put right.
            acts.TryRemove(place, out _);
        }

        await body.WriteAsync(kept.ToArray(), http.RequestAborted);
    }

    private static async Task AgainAsync(HttpContext http, Act act, string asked)
    {
        if (act.Asked != asked)
        {
            await Problem.Of(422, "Key used for another request", $"Expected the request that {Header} was first sent with; found another. Take a new key.").ExecuteAsync(http);
        }
        else if (act.Answer is not { } answer)
        {
            await Problem.Of(409, "Under way", "The same request is being carried out. Ask again in a moment.").ExecuteAsync(http);
        }
        else
        {
            http.Response.StatusCode = answer.Status;
            http.Response.ContentType = answer.Type;
            await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
        }
    }

    // A password may be in the body: of what was asked only a hash is kept.
    private static async Task<string> AskedAsync(HttpContext http)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}\n"));
        var read = new byte[8192];
        for (var length = 0; (length = await http.Request.Body.ReadAsync(read, http.RequestAborted)) > 0;)
        {
            hash.AppendData(read, 0, length);
        }

        http.Request.Body.Position = 0;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void Tidy()
    {
        if (acts.Count >= MostKept)
        {
            var limit = clock.GetUtcNow() - KeptFor;
            foreach (var old in acts.Where(a => a.Value.At < limit).Select(a => a.Key).Concat(acts.OrderBy(a => a.Value.At).Take(MostKept / 4).Select(a => a.Key)).ToList())
            {
                acts.TryRemove(old, out _);
            }
        }
    }
}

/// <summary>How a route says that it honours the key.</summary>
internal static class OnceRoutes
{
    public static T OnlyOnce<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithMetadata(new Once.Mark());
}
