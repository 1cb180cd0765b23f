using System.Security.Claims;
using System.Threading.RateLimiting;
using MaritimeWatch.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace MaritimeWatch.Server.Access;

/// <summary>Sign-in by name and password with a session cookie that scripts cannot read and other sites cannot send.</summary>
internal static class SignIn
{
    public const string Throttle = "sign-in";

    /// <summary>Every request that changes something carries this header, which a form of another site cannot set.</summary>
    public const string OwnHeader = "X-MaritimeWatch";

    private const string Stamp = "stamp";

    public static void Add(IServiceCollection services, string keyFolder)
    {
        services.AddDataProtection().PersistKeysToFileSystem(Directory.CreateDirectory(keyFolder)).SetApplicationName("MaritimeWatch");
        services.AddSingleton<FirstStart>();
        services.AddSingleton<PasswordHasher<Account>>();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.Cookie.Name = "maritimewatch";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
            cookie.SlidingExpiration = true;
            cookie.Events.OnRedirectToLogin = context => Answer(context, StatusCodes.Status401Unauthorized);
            cookie.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden);
            cookie.Events.OnValidatePrincipal = ValidateAsync;
        });
        services.AddAuthorization(options =>
        {
            options.FallbackPolicy = options.DefaultPolicy;
            options.AddPolicy(Roles.Analyst, policy => policy.RequireRole(Roles.Analyst));
            options.AddPolicy(Roles.Administrator, policy => policy.RequireRole(Roles.Administrator));
        });
        services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.AddPolicy(Throttle, http => RateLimitPartition.GetFixedWindowLimiter(http.Connection.RemoteIpAddress?.ToString() ?? "", _ => new FixedWindowRateLimiterOptions { PermitLimit = 20, Window = TimeSpan.FromMinutes(1) }));
        });
    }

    public static Task BeginAsync(HttpContext http, Account account)
    {
        var claims = new List<Claim> { new(ClaimTypes.Name, account.Name), new(Stamp, account.SecurityStamp) };
        claims.AddRange(account.Roles.Select(role => new Claim(ClaimTypes.Role, role)));
        return http.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity(claims, CookieAuthenticationDefaults.AuthenticationScheme)));
    }

    /// <summary>Console pages lead to the sign-in page; the API answers with the status alone.</summary>
    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (context.Request.Method == "GET" && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal) && !context.Request.Path.StartsWithSegments("/api"))
        {
            context.Response.Redirect("/sign-in.html");
        }
        else
        {
            context.Response.StatusCode = status;
        }

        return Task.CompletedTask;
    }

    // A session ends when the account's password changes or the account is gone.
    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var store = context.HttpContext.RequestServices.GetRequiredService<IStore>();
        var account = context.Principal?.Identity?.Name is { } name ? await store.Accounts.FindAsync(name) : null;
        if (account is null || account.SecurityStamp != context.Principal!.FindFirstValue(Stamp))
        {
            context.RejectPrincipal();
        }
    }
}
