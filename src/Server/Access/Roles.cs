using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;

namespace MaritimeWatch.Server.Access;

/// <summary>Duties of people. An administrator runs the house; deciding on cases is an analyst's duty, which she may also have.</summary>
internal static class Roles
{
    public const string Analyst = "analyst", Registry = "registry", Centre = "centre", Administrator = "administrator";

    /// <summary>Policy: those who may see the whole picture of the watch, that is all but centres.</summary>
    public const string Watch = "watch";

    /// <summary>Policy: those who work with registers, analysts and officials.</summary>
    public const string Desk = "desk";

    /// <summary>Policy: those who read how well the machine's findings hold, analysts and administrators.</summary>
    public const string Measures = "measures";

    public static IReadOnlyList<string> All { get; } = [Analyst, Registry, Centre, Administrator];

    /// <summary>The table of docs/access.md in its few kinds; a route that names none of them is for everyone who is signed in.</summary>
    public static void Add(AuthorizationOptions options)
    {
        options.FallbackPolicy = options.DefaultPolicy;
        options.AddPolicy(Analyst, policy => policy.RequireRole(Analyst));
        options.AddPolicy(Registry, policy => policy.RequireRole(Registry));
        options.AddPolicy(Administrator, policy => policy.RequireRole(Administrator));
        options.AddPolicy(Desk, policy => policy.RequireAssertion(asked => Has(asked, Analyst, Registry)));
        options.AddPolicy(Measures, policy => policy.RequireRole(Analyst, Administrator));
        options.AddPolicy(Watch, policy => policy.RequireAssertion(asked => Has(asked, Analyst, Registry, Administrator)));
    }

    // The key of a machine has no duty; which routes it comes to is its scopes' affair, and none of them is open to a decision.
    private static bool Has(AuthorizationHandlerContext asked, params string[] roles) => Keys.IsMachine(asked.User) || roles.Any(asked.User.IsInRole);

    /// <summary>True for a centre, which reads what was released and nothing before.</summary>
    public static bool SeesReleasedOnly(this ClaimsPrincipal person) => !person.IsInRole(Analyst) && !person.IsInRole(Registry) && !person.IsInRole(Administrator);
}
