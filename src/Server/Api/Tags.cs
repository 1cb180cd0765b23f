using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace MaritimeWatch.Server.Api;

/// <summary>
/// Gives an answer a weak tag made of what it says (RFC 9110, section 8.8), and 304 to whoever holds the same already. The tag is of the body
/// that this visitor gets, so it tells nobody what another may see; a shared cache keeps none of it.
/// </summary>
internal static class Tags
{
    private const int TagBytes = 12;

    /// <summary>Tags the answers of a route.</summary>
    public static T Tagged<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithMetadata(new Tag());

    internal sealed record Tag;

    public static async Task EnterAsync(HttpContext http, RequestDelegate next)
    {
        if (!HttpMethods.IsGet(http.Request.Method) || http.GetEndpoint()?.Metadata.GetMetadata<Tag>() is null)
        {
            await next(http);
            return;
        }

        var (body, kept) = (http.Response.Body, new MemoryStream());
        http.Response.Body = kept;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = body;
        }

        var bytes = kept.GetBuffer().AsMemory(0, (int)kept.Length);
        if (http.Response.StatusCode == StatusCodes.Status200OK)
        {
            var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes.Span).AsSpan(0, TagBytes))}\"", isWeak: true);
            http.Response.Headers.ETag = tag.ToString();
            http.Response.Headers.CacheControl = "private, no-cache";
            http.Response.Headers.Vary = "Cookie, Authorization, Accept";
            if (http.Request.GetTypedHeaders().IfNoneMatch.Any(held => held.Equals(EntityTagHeaderValue.Any) || held.Compare(tag, useStrongComparison: false)))
            {
                http.Response.StatusCode = StatusCodes.Status304NotModified;
                http.Response.ContentLength = null;
                http.Response.Headers.ContentType = default;
                return;
            }
        }

        await body.WriteAsync(bytes, http.RequestAborted);
    }
}
