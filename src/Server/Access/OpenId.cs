using System.Net;
using System.Security.Claims;
using MaritimeWatch.Server.Settings;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace MaritimeWatch.Server.Access;

/// <summary>
/// Sign-in at an identity provider: authorization code with PKCE (RFC 7636), state and nonce. A person is known by issuer and subject, never
/// by a name or address the provider may give to another; her duties are read anew at each sign-in.
/// </summary>
internal static class OpenId
{
    public const string Scheme = "openid";

    /// <summary>Where the provider sends people back to; to be named there.</summary>
    public const string Callback = "/api/session/openid/back";

    /// <summary>Why nobody was let in, as the sign-in page is told.</summary>
    public const string NoDuty = "duty", Disabled = "disabled", NotProven = "proof", OutOfReach = "provider", Cancelled = "cancelled";

    private const string Issuer = "iss", Subject = "sub";

    public static void Add(AuthenticationBuilder authentication, OpenIdOptions options)
    {
        if (!options.On)
        {
            return;
        }

        authentication.AddOpenIdConnect(Scheme, open =>
        {
            (open.Authority, open.ClientId, open.ClientSecret) = (options.Authority, options.ClientId, options.Secret);
            open.RequireHttpsMetadata = !new Uri(options.Authority!).IsLoopback;
            (open.ResponseType, open.ResponseMode, open.UsePkce) = (OpenIdConnectResponseType.Code, OpenIdConnectResponseMode.Query, true);
            (open.CallbackPath, open.SignInScheme) = (Callback, CookieAuthenticationDefaults.AuthenticationScheme);
            (open.MapInboundClaims, open.GetClaimsFromUserInfoEndpoint, open.SaveTokens, open.DisableTelemetry) = (false, false, false, true);
            open.BackchannelTimeout = TimeSpan.FromSeconds(10);
            // The framework drops the issuer from what it hands on; here it is half of who the person is.
            open.ClaimActions.Remove(Issuer);
            open.TokenValidationParameters.ClockSkew = TimeSpan.FromMinutes(1);
            open.TokenValidationParameters.ValidAlgorithms = ["RS256", "PS256", "ES256"];
            // The provider leads back by a plain link, with which a browser sends lax cookies; they live until then.
            foreach (var cookie in new[] { open.CorrelationCookie, open.NonceCookie })
            {
                (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
            }

            open.Events.OnTicketReceived = context => ReceivedAsync(context, options);
            open.Events.OnRemoteFailure = context =>
            {
                var outOfReach = context.Failure is HttpRequestException or TaskCanceledException || context.Failure?.InnerException is HttpRequestException or IOException;
                var cancelled = context.Failure?.Message.Contains("access_denied", StringComparison.Ordinal) == true;
                Log(context.HttpContext).LogWarning("Sign-in at {Authority} failed: {Reason}", options.Authority, context.Failure?.Message.ReplaceLineEndings(" "));
                context.Response.Redirect(Refused(outOfReach ? OutOfReach : cancelled ? Cancelled : NotProven));
                context.HandleResponse();
                return Task.CompletedTask;
            };
        });
    }

    /// <summary>Leads to the provider; when it is out of reach, back to the sign-in page, which says so.</summary>
    public static async Task BeginAsync(HttpContext http, string? back)
    {
        try
        {
            await http.ChallengeAsync(Scheme, new AuthenticationProperties { RedirectUri = Local(back) });
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or TaskCanceledException)
        {
            Log(http).LogWarning("The identity provider is out of reach: {Reason}", (e.InnerException ?? e).Message.ReplaceLineEndings(" "));
            http.Response.Redirect(Refused(OutOfReach));
        }
    }

    /// <summary>A path of this console; anything else leads to its beginning.</summary>
    public static string Local(string? back) => back is { Length: > 0 and < 2000 } && back[0] == '/' && !back.StartsWith("//", StringComparison.Ordinal) && !back.Contains('\\', StringComparison.Ordinal) && !back.Any(char.IsControl) ? back : "/";

    private static string Refused(string why) => $"/sign-in.html?refused={why}";

    private static ILogger Log(HttpContext http) => http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(nameof(OpenId));

    private static async Task ReceivedAsync(TicketReceivedContext context, OpenIdOptions options)
    {
        context.HandleResponse();
        var (http, person) = (context.HttpContext, context.Principal!);
        var (store, clock) = (http.RequestServices.GetRequiredService<IStore>(), http.RequestServices.GetRequiredService<TimeProvider>());
        var subject = $"{person.FindFirstValue(Issuer)} {person.FindFirstValue(Subject)}";
        var known = (await store.Accounts.AllAsync(http.RequestAborted)).FirstOrDefault(a => a.Subject == subject);
        var name = known?.Name ?? await NewNameAsync(store, person, http.RequestAborted);
        FlagState? flag = FlagState.TryParse(person.FindFirstValue(options.FlagClaim), out var read) ? read : null;
        // An official without a flag speaks for nobody.
        var roles = person.FindAll(options.RoleClaim).Select(c => options.Roles.GetValueOrDefault(c.Value)).OfType<string>().Distinct().Where(r => r != Roles.Registry || flag is not null).Order(StringComparer.Ordinal).ToList();
        var why = known?.Disabled == true ? Disabled : roles.Count == 0 ? NoDuty : null;
        if (why is not null)
        {
            await store.Audit.AppendAsync(new AuditNote(clock.GetUtcNow(), name, "sign-in refused", "session", $"{(why == Disabled ? "the account is disabled" : "no duty here")}; {subject}"), http.RequestAborted);
            http.Response.Redirect(Refused(why));
            return;
        }

        flag = roles.Contains(Roles.Registry) ? flag : null;
        var same = known is not null && known.Roles.SequenceEqual(roles) && known.Flag == flag;
        // Sessions carry the stamp: with other duties the earlier ones end.
        var account = same ? known! : (known ?? new Account(name, "", [], null, "") { Subject = subject }) with { Roles = roles, Flag = flag, SecurityStamp = Guid.NewGuid().ToString("N") };
        if (!same)
        {
            await store.Accounts.SaveAsync(account, http.RequestAborted);
            await store.Audit.AppendAsync(new AuditNote(clock.GetUtcNow(), account.Name, known is null ? "make account" : "change duties", account.Name, $"{string.Join(", ", roles)}{(flag is { } f ? $" of {f}" : "")}; {subject}"), http.RequestAborted);
        }

        await SignIn.BeginAsync(http, account);
        await store.Audit.AppendAsync(new AuditNote(clock.GetUtcNow(), account.Name, "sign in", "session", "by the identity provider"), http.RequestAborted);
        // A browser that was sent here by another site keeps the session cookie back on a redirect; on a page of ours that goes on by itself it does not.
        http.Response.ContentType = "text/html; charset=utf-8";
        var on = WebUtility.HtmlEncode(Local(context.ReturnUri));
        await http.Response.WriteAsync($"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>MaritimeWatch</title><meta http-equiv=\"refresh\" content=\"0;url={on}\"></head><body><a href=\"{on}\">MaritimeWatch</a></body></html>", http.RequestAborted);
    }

    // A name shown to others: that of the provider, with a number where another account looks the same.
    private static async Task<string> NewNameAsync(IStore store, ClaimsPrincipal person, CancellationToken cancel)
    {
        var wanted = new[] { "name", "preferred_username", Subject }.Select(c => person.FindFirstValue(c)?.Trim()).FirstOrDefault(n => n is not null && NameText.Fault(n, Api.SessionApi.LongestName - 4) is null && n != Cases.CaseRules.Machine) ?? "person of the provider";
        var taken = (await store.Accounts.AllAsync(cancel)).Select(a => NameText.Look(a.Name)).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(1, taken.Count + 1).Select(n => n == 1 ? wanted : $"{wanted} {n}").First(n => !taken.Contains(NameText.Look(n)));
    }
}
