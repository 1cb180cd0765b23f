using MaritimeWatch.Alerts;
using MaritimeWatch.Detection;
using MaritimeWatch.Identity;
using MaritimeWatch.Registry;

namespace MaritimeWatch.Storage;

/// <summary>A change of a registry file with everything that belongs to it; written in one transaction.</summary>
/// <param name="File">The file after the change.</param>
/// <param name="EventsBefore">Number of history events the change was based on; the write is refused when another came between.</param>
/// <param name="Notices">What is told of it.</param>
/// <param name="Mails">Mails owed for the notices.</param>
/// <param name="Claims">Claims that the statements in it make.</param>
/// <param name="Candidates">Vessels that are judged anew because of it.</param>
/// <param name="Audit">What the audit chain says of it.</param>
public sealed record RegistryChange(RegistryFile File, int EventsBefore, IReadOnlyList<RegistryNotice> Notices, IReadOnlyList<OutboxMail> Mails, IReadOnlyList<IdentityClaim> Claims, IReadOnlyList<Candidate> Candidates, AuditNote Audit)
{
    /// <exception cref="ArgumentException">It adds no event, so a second change could not be told from it.</exception>
    internal void Check()
    {
        if (File.History.Count <= EventsBefore)
        {
            throw new ArgumentException($"A change adds an event: expected more than {EventsBefore}, found {File.History.Count}.");
        }
    }
}

/// <summary>A registry file with its notices and mails, as it goes from store to store.</summary>
internal sealed record RegistryRecord(RegistryFile File, IReadOnlyList<RegistryNotice> Notices, IReadOnlyList<OutboxMail> Mails);
