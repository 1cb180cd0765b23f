using MaritimeWatch.Units;

namespace MaritimeWatch.Registry;

/// <summary>What a person wants to be told of.</summary>
public enum SubscriptionKind
{
    /// <summary>One hull, whatever flag speaks of her.</summary>
    Hull,

    /// <summary>All that is asked and stated of ships of the official's own flag.</summary>
    OwnShips,

    /// <summary>Ships that claim the official's flag and are not on its register (PRODUCT R11).</summary>
    NotOnRegister,
}

/// <summary>A person's wish to be told, with the address it goes to: accounts carry none.</summary>
/// <param name="Id">Unique.</param>
/// <param name="By">Name of the account.</param>
/// <param name="Address">E-mail address.</param>
/// <param name="Kind">What of.</param>
/// <param name="HullId">The hull, for <see cref="SubscriptionKind.Hull"/>; null otherwise.</param>
/// <param name="Flag">The official's flag, for the other kinds; null otherwise.</param>
/// <param name="At">When it was made, UTC.</param>
public sealed record RegistrySubscription(string Id, string By, string Address, SubscriptionKind Kind, string? HullId, FlagState? Flag, DateTimeOffset At);
