namespace MaritimeWatch.Server.Access;

/// <summary>
/// What a key may read. None lets a program decide: a decision is a named person's act, and whoever holds a key is not known by name.
/// </summary>
internal static class Scopes
{
    public const string Watch = "watch:read", Positions = "positions:read", Vessels = "vessels:read", Alerts = "alerts:read", Registry = "registry:read";

    public static IReadOnlyList<string> All { get; } = [Watch, Positions, Vessels, Alerts, Registry];

    /// <summary>Duties of which a person needs one before her own key may have the scope: a key reads no more than she does.</summary>
    public static IReadOnlyList<string> RolesOf(string scope) => scope switch
    {
        Watch or Positions or Vessels => [Roles.Analyst, Roles.Registry, Roles.Administrator],
        Registry => [Roles.Analyst, Roles.Registry],
        _ => Roles.All,
    };

    /// <summary>Opens a route to keys with the scope; a route without one is closed to every key.</summary>
    public static T ReadWith<T>(this T route, string scope)
        where T : IEndpointConventionBuilder => route.WithMetadata(new Scope(scope));

    /// <summary>What a route asks of a key.</summary>
    internal sealed record Scope(string Name);
}
