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
    private const string Stamp = "stamp";

    public static void Add(IServiceCollection services, string keyFolder)
    {
        services.AddDataProtection().PersistKeysToFileSystem(Directory.CreateDirectory(keyFolder)).SetApplicationName("MaritimeWatch");
        services.AddSingleton<FirstStart>().AddSingleton<Lockout>().AddSingleton<ReadLog>().AddSingleton<SecondStep>().AddSingleton<AreaBound>();
        services.AddSingleton<PasswordHasher<Account>>();
        Gate.Add(services);
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
        services.AddAuthorization(Roles.Add);
    }

    public static Task BeginAsync(HttpContext http, Account account)
    {
        var claims = new List<Claim> { new(ClaimTypes.Name, account.Name), new(Stamp, account.SecurityStamp) };
        claims.AddRange(account.Roles.Select(role => new Claim(ClaimTypes.Role, role)));
        return http.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity(claims, CookieAuthenticationDefaults.AuthenticationScheme)));
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
        }

        return Task.CompletedTask;
    }

    // A session ends when the account's password changes, or the account is disabled or gone.
    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
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
            return await AccountAsync(http, http.User, cancel) is not null;
        }
        catch (StoreException)
        {
            return true;
        }
    }

    // The account whose session this is; null when it holds no longer.
    private static async ValueTask<Account?> AccountAsync(HttpContext http, ClaimsPrincipal? person, CancellationToken cancel = default) =>
        person?.Identity?.Name is { } name && await http.RequestServices.GetRequiredService<IStore>().Accounts.FindAsync(name, cancel) is { Disabled: false } account && account.SecurityStamp == person.FindFirstValue(Stamp) ? account : null;
}
