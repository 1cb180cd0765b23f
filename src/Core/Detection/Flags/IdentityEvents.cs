using MaritimeWatch.Identity;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Flags;

/// <summary>What of an identity changed.</summary>
public enum IdentityAttribute
{
    Flag,
    Name,
    Mmsi,
    CallSign,
    Owner,
    ClassSociety,
}

/// <summary>One attribute of a hull took another value.</summary>
/// <param name="Before">Value before, as text.</param>
/// <param name="After">Value after, as text.</param>
/// <param name="LastSeen">When the old value was last said.</param>
/// <param name="FirstSeen">When the new one was first said.</param>
public sealed record IdentityEvent(IdentityAttribute Attribute, string Before, string After, DateTimeOffset LastSeen, DateTimeOffset FirstSeen, string ClaimId);

/// <summary>Changes that belong to one act, such as a sale: flag, name, owner and number together (SCIENCE 3.3).</summary>
public sealed record Transaction(IReadOnlyList<IdentityEvent> Events)
{
    public DateTimeOffset At => Events.Min(e => e.FirstSeen);
}

/// <summary>The changes of a hull's identity in order of time, and what belongs together.</summary>
public static class IdentityEvents
{
    /// <summary>
    /// All changes but those of flag, which <see cref="FlagStays"/> tells. A value that differs by one or two letters is a typing error, and
    /// one that gives way to the value before within <paramref name="oneAct"/> was said by mistake: neither is a change.
    /// </summary>
    public static IReadOnlyList<IdentityEvent> Of(Vessel vessel, TimeSpan oneAct)
    {
        var claims = vessel.ClaimsInTime.ToList();
        return [.. new (IdentityAttribute Attribute, Func<IdentityClaim, string?> Value)[]
        {
            (IdentityAttribute.Name, c => c.Name), (IdentityAttribute.CallSign, c => c.CallSign), (IdentityAttribute.Mmsi, c => c.Mmsi?.ToString()),
            (IdentityAttribute.Owner, c => c.Owner), (IdentityAttribute.ClassSociety, c => c.ClassSociety),
        }.SelectMany(a => Changes(a.Attribute, claims, a.Value, oneAct)).OrderBy(e => e.FirstSeen).ThenBy(e => e.Attribute)];
    }

    /// <summary>Events that begin within a time of the first of them are one transaction.</summary>
    public static IReadOnlyList<Transaction> Bundled(IEnumerable<IdentityEvent> events, TimeSpan oneTransaction)
    {
        var bundles = new List<List<IdentityEvent>>();
        foreach (var one in events.OrderBy(e => e.FirstSeen).ThenBy(e => e.Attribute))
        {
            if (bundles.Count > 0 && one.FirstSeen - bundles[^1][0].FirstSeen <= oneTransaction)
            {
                bundles[^1].Add(one);
            }
            else
            {
                bundles.Add([one]);
            }
        }

        return [.. bundles.Select(b => new Transaction(b))];
    }

    private static List<IdentityEvent> Changes(IdentityAttribute attribute, IReadOnlyList<IdentityClaim> claims, Func<IdentityClaim, string?> value, TimeSpan oneAct)
    {
        var runs = new List<(string Value, DateTimeOffset From, DateTimeOffset Until, string ClaimId)>();
        foreach (var claim in claims)
        {
            if (Plain(value(claim)) is not { Length: > 0 } said)
            {
                continue;
            }

            var until = claim.ValidTo ?? claim.LastSeen;
            if (runs.Count > 0 && IsSame(attribute, runs[^1].Value, said))
            {
                runs[^1] = runs[^1] with { Until = until > runs[^1].Until ? until : runs[^1].Until };
            }
            else if (runs.Count > 1 && IsSame(attribute, runs[^2].Value, said) && claim.From - runs[^1].From <= oneAct)
            {
                // Said by mistake for a while: the value before goes on.
                runs[^2] = runs[^2] with { Until = until };
                runs.RemoveAt(runs.Count - 1);
            }
            else
            {
                runs.Add((said, claim.From, until, claim.Id));
            }
        }

        return [.. runs.Zip(runs.Skip(1), (a, b) => new IdentityEvent(attribute, a.Value, b.Value, a.Until, b.From, b.ClaimId))];
    }

    private static bool IsSame(IdentityAttribute attribute, string a, string b) => a == b
        || (attribute != IdentityAttribute.Mmsi && Math.Min(a.Length, b.Length) >= 4 && TypingErrors.Between(a, b) <= (Math.Min(a.Length, b.Length) >= 8 ? 2 : 1));

    private static string? Plain(string? text) => text is null ? null : string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
