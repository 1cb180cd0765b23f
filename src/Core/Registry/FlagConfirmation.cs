using MaritimeWatch.Identity;
using MaritimeWatch.Units;

namespace MaritimeWatch.Registry;

/// <summary>What the flag State's own word makes of her claim to the flag.</summary>
public enum FlagOutcome
{
    Confirmed,
    Refuted,
    UnderCheck,
}

/// <summary>What a statement in force means for the flag over a time (PRODUCT R7): one bar of the flag timeline.</summary>
/// <param name="Flag">The flag that spoke, of itself alone.</param>
/// <param name="Outcome">What it said.</param>
/// <param name="From">Start, UTC; null when open.</param>
/// <param name="To">End; null when open.</param>
/// <param name="StatementId">The statement.</param>
/// <param name="Reference">The register's own document or entry.</param>
public sealed record FlagConfirmation(FlagState Flag, FlagOutcome Outcome, DateTimeOffset? From, DateTimeOffset? To, string StatementId, string Reference)
{
    /// <summary>Nothing while it is not in force. A deletion confirms the time before it, where its beginning is stated, and refutes the time after.</summary>
    public static IReadOnlyList<FlagConfirmation> Of(RegistryStatement statement)
    {
        var said = statement.Said.Content;
        return statement.State != StatementState.InForce ? [] : said.Status switch
        {
            RegisterStatus.Registered or RegisterStatus.Provisional => [Over(FlagOutcome.Confirmed, said.ValidFrom, said.ValidTo)],
            RegisterStatus.Deleted when said.ValidFrom is { } from => [Over(FlagOutcome.Confirmed, from, said.ValidTo), Over(FlagOutcome.Refuted, said.ValidTo, null)],
            RegisterStatus.Deleted => [Over(FlagOutcome.Refuted, said.ValidTo, null)],
            RegisterStatus.NeverRegistered or RegisterStatus.CertificateNotOurs => [Over(FlagOutcome.Refuted, said.ValidFrom, said.ValidTo)],
            _ => [Over(FlagOutcome.UnderCheck, said.ValidFrom ?? statement.InForceAt, said.ValidTo)],
        };

        FlagConfirmation Over(FlagOutcome outcome, DateTimeOffset? from, DateTimeOffset? to) => new(statement.Flag, outcome, from, to, statement.Id, said.Reference);
    }
}
