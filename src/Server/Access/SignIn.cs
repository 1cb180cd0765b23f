using System.Security.Claims;
using MaritimeWatch.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace MaritimeWatch.Server.Access;

/// <summary>Sign-in by name and password with a session cookie that scripts cannot read and other sites cannot send.</summary>
internal static class SignIn
{
    private const string Stamp = "stamp", Session = "session", Door = "door";

    private static readonly TimeSpan Lasts = TimeSpan.FromHours(12);

    public static void Add(IServiceCollection services, string keyFolder, Settings.OpenIdOptions openId)
    {
        services.AddDataProtection().PersistKeysToFileSystem(Directory.CreateDirectory(keyFolder)).SetApplicationName("MaritimeWatch");
        services.AddSingleton<FirstStart>().AddSingleton<Lockout>().AddSingleton<ReadLog>().AddSingleton<SecondStep>().AddSingleton<AreaBound>().AddSingleton<Keys>();
        services.AddSingleton<PasswordHasher<Account>>();
        Gate.Add(services);
        // A request that names an authorization is judged by it, every other one by its cookie.
        var authentication = services.AddAuthentication(options => (options.DefaultScheme, options.DefaultSignInScheme, options.DefaultSignOutScheme) = (Door, CookieAuthenticationDefaults.AuthenticationScheme, CookieAuthenticationDefaults.AuthenticationScheme))
            .AddPolicyScheme(Door, null, door => door.ForwardDefaultSelector = http => KeyDoor.Has(http.Request) ? Keys.Scheme : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, KeyDoor>(Keys.Scheme, null);
        OpenId.Add(authentication, openId);
        authentication.AddCookie(cookie =>
        {
            cookie.Cookie.Name = "maritimewatch";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = Lasts;
            cookie.SlidingExpiration = true;
            cookie.Events.OnRedirectToLogin = context => Answer(context, StatusCodes.Status401Unauthorized);
            cookie.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden);
            cookie.Events.OnValidatePrincipal = ValidateAsync;
        });
        services.AddAuthorization(Roles.Add);
    }

    public static Task BeginAsync(HttpContext http, Account account)
    {
        var claims = new List<Claim> { new(ClaimTypes.Name, account.Name), new(Stamp, account.SecurityStamp), new(Session, Guid.NewGuid().ToString("N")) };
        claims.AddRange(account.Roles.Select(role => new Claim(ClaimTypes.Role, role)));
        return http.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity(claims, CookieAuthenticationDefaults.AuthenticationScheme)));
    }

    /// <summary>Ends the session: the browser forgets its cookie, and a copy of it holds no more either.</summary>
    public static async Task EndAsync(HttpContext http, IStore store, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        if (http.User.FindFirstValue(Session) is { } session && await store.Accounts.FindAsync(http.User.Identity!.Name!) is { } account)
        {
            await store.Accounts.SaveAsync(account with { EndedSessions = [.. account.EndedSessions.Where(e => e.Until > now), new EndedSession(session, now + Lasts)] });
        }

        await http.SignOutAsync();
    }

    /// <summary>Console pages lead to the sign-in page and from there back; the API answers with the status alone.</summary>
    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (status == StatusCodes.Status401Unauthorized && context.Request.Method == "GET" && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal) && !context.Request.Path.StartsWithSegments("/api"))
        {
            context.Response.Redirect($"/sign-in.html?back={Uri.EscapeDataString(context.Request.PathBase + context.Request.Path + context.Request.QueryString)}");
        }
        else
        {
            context.Response.StatusCode = status;
            if (status == StatusCodes.Status401Unauthorized)
            {
                // RFC 9110, section 11.6.1: says how to come in. Browsers ask nobody for a bearer.
                context.Response.Headers.WWWAuthenticate = "Bearer realm=\"MaritimeWatch\"";
            }
        }

        return Task.CompletedTask;
    }

    // A session ends when the account's password changes, or the account is disabled or gone.
    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        // A route open to strangers asks for nobody, so that health is told while the store is out of reach.
        if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is not null)
        {
            context.RejectPrincipal();
            return;
        }

        if (await AccountAsync(context.HttpContext, context.Principal) is { } account)
        {
            AreaBound.Bind(context.HttpContext, account.Areas);
        }
        else
        {
            context.RejectPrincipal();
        }
    }

    /// <summary>Whether an answer that goes on for hours may go on. While the store is out of reach it may: the picture is how a person learns of that.</summary>
    public static async ValueTask<bool> GoesOnAsync(HttpContext http, CancellationToken cancel)
    {
        try
        {
            return Keys.IsKey(http.User) ? await http.RequestServices.GetRequiredService<Keys>().HoldsAsync(http.User, cancel) : await AccountAsync(http, http.User, cancel) is not null;
        }
        catch (StoreException)
        {
            return true;
        }
    }

    // The account whose session this is; null when it holds no longer.
    private static async ValueTask<Account?> AccountAsync(HttpContext http, ClaimsPrincipal? person, CancellationToken cancel = default) =>
        person?.Identity?.Name is { } name && await http.RequestServices.GetRequiredService<IStore>().Accounts.FindAsync(name, cancel) is { Disabled: false } account && account.SecurityStamp == person.FindFirstValue(Stamp)
            && !account.EndedSessions.Any(e => e.Id == person.FindFirstValue(Session)) ? account : null;
}
