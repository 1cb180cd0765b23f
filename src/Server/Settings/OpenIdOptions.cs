namespace MaritimeWatch.Server.Settings;

/// <summary>Section <c>OpenId</c>: sign-in at an identity provider of the house (OpenID Connect Core 1.0); off without an authority.</summary>
internal sealed record OpenIdOptions
{
    /// <summary>Address of the provider, under which its <c>/.well-known/openid-configuration</c> lies; https, or http on this machine.</summary>
    public string? Authority { get; init; }

    /// <summary>What the provider calls this watch.</summary>
    public string? ClientId { get; init; }

    /// <summary>What this watch proves itself with: a secret, given as the environment variable <c>OpenId__Secret</c>.</summary>
    public string? Secret { get; init; }

    /// <summary>Caption on the button of the sign-in page: how people call the provider.</summary>
    public string Name { get; init; } = "single sign-on";

    /// <summary>Claim of the identity token that names a person's groups or roles.</summary>
    public string RoleClaim { get; init; } = "roles";

    /// <summary>Values of that claim, each with the role it means here. Nobody comes in without one.</summary>
    public Dictionary<string, string> Roles { get; init; } = [];

    /// <summary>Claim that names the one flag (ISO 3166-1 alpha-2) a registry official speaks for.</summary>
    public string FlagClaim { get; init; } = "flag";

    /// <summary>True when nobody signs in with a password here any more; the first administrator is still made with the one-time code.</summary>
    public bool Only { get; init; }

    /// <summary>True when people may sign in there.</summary>
    public bool On => !string.IsNullOrEmpty(Authority);

    /// <summary>What is wrong with the section, first fault first: key, what is expected, what was found.</summary>
    public IEnumerable<(string Key, string Expected, string Found)> Faults()
    {
        if (!On)
        {
            if (Only)
            {
                yield return ("OpenId:Only", "false, since OpenId:Authority is empty", "true");
            }

            yield break;
        }

        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var address) || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
        {
            yield return ("OpenId:Authority", "an https address, or http on this machine", Authority!);
        }

        if (string.IsNullOrEmpty(ClientId) || string.IsNullOrEmpty(Secret))
        {
            yield return ("OpenId:ClientId and OpenId__Secret", "the name and, as an environment variable, the secret of this watch at the provider", "one of them empty");
        }

        if (Roles.Count == 0 || !Roles.Values.All(Access.Roles.All.Contains))
        {
            yield return ("OpenId:Roles", $"values of the claim {RoleClaim}, each with one of {string.Join(", ", Access.Roles.All)}", Roles.Count == 0 ? "none" : string.Join(", ", Roles.Values));
        }
    }
}
