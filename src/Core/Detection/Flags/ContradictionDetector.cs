using MaritimeWatch.Identity;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Flags;

/// <summary>
/// Contradictions between what a ship broadcasts and what registers say: checks I1 to I10 of SCIENCE 3.2. The outcome is
/// "unconfirmed"; "refuted" only where the flag State itself has stated so. Of one flag a statement outranks every extract.
/// Innocent causes: an MMSI that lags a lawful change, an old extract, a typing error, a territory that uses another
/// State's call signs. Not claimed: intent, or which of two claims is right.
/// </summary>
public sealed class ContradictionDetector(FlagOptions options)
{
    public const string ModelVersion = "contradiction-2 (weights proposed, not calibrated)";

    /// <summary>At most one finding for the identity broadcast last; none where nothing contradicts.</summary>
    public Finding? Find(VesselPicture picture)
    {
        if (picture.Flags is not { } tables || picture.Mmsi is not { } mmsi || picture.Vessel.Broadcasts.Where(c => c.Mmsi == mmsi).MaxBy(c => c.LastSeen) is not { } said || mmsi.Kind != MmsiKind.Ship)
        {
            // I2: an MMSI of another kind than a ship's makes no claim of a ship's flag.
            return null;
        }

        var midFlag = tables.FlagOf(mmsi);
        var registers = picture.Vessel.Registers.Where(c => c.Flag is not null).ToList();
        var stated = registers.Where(c => StatementSource.Speaks(c, picture.AsOf)).Select(c => c.Flag).ToHashSet();
        var extracts = registers.Where(c => !StatementSource.IsStatement(c)).ToList();
        var byExtract = Denial(extracts, CurrentOf(extracts, picture.AsOf), midFlag, tables);
        registers.RemoveAll(c => stated.Contains(c.Flag) && !StatementSource.IsStatement(c));
        var current = CurrentOf(registers, picture.AsOf);
        var denial = Denial(registers, current, midFlag, tables);
        var refuted = denial is not null && StatementSource.IsStatement(denial);

        var evidence = new List<Evidence>();
        void Add(string name, string family, double nats, string text, params string?[] references) =>
            evidence.Add(new Evidence(name, family, nats, text, [.. references.OfType<string>()]));

        if (mmsi.Mid is { } mid && midFlag is null)
        {
            Add("I2", "identifier", 0.5, $"MID {mid} of MMSI {mmsi} is not allocated to any administration.", said.Id);
        }

        var age = current is null ? (TimeSpan?)null : picture.AsOf - current.From;
        if (midFlag is { } flag && current is { Flag: { } registered } && !tables.SameRealm(flag, registered))
        {
            var lagging = age < options.Lag;
            Add("I1", "contradiction", lagging ? 0.5 : 3, $"MMSI {mmsi} carries a MID of {tables.NameOf(flag)}; {current.Source} has her under {tables.NameOf(registered)} since {current.From:yyyy-MM-dd}.", said.Id, current.Id);
            if (lagging)
            {
                Add("lag", "lawful", -2, $"The register's entry is {age!.Value.TotalDays:0} days old: the MMSI may follow within {options.Lag.TotalDays:0} days of a lawful change.", current.Id);
            }
        }

        if (denial is not null && midFlag is { } deniedFlag)
        {
            var how = denial.Status switch
            {
                RegisterStatus.NeverRegistered => "was never on it",
                RegisterStatus.CertificateNotOurs => "shows a certificate that is not its own",
                _ => $"was deleted from it{(denial.ValidTo is { } on ? $" on {on:yyyy-MM-dd}" : "")}",
            };
            Add("registerDenies", "register", 4, $"She broadcasts as a ship of {tables.NameOf(deniedFlag)}; its register {(refuted ? "states" : "says")} that IMO {picture.Vessel.Imo?.ToString() ?? "unknown"} {how} ({denial.Reference}).", said.Id, denial.Id);
        }

        CallSigns(tables, said, midFlag, current, Add);
        HullChecks.Of(picture, tables, said, Add);
        if (said.ImoAsStated is { } imo && said.Imo is null)
        {
            Add("I5", "identifier", 0.5, $"The IMO number broadcast, {imo}, {(imo.Length == 7 ? "has a wrong check digit" : "has not seven digits")}: often a typing error.", said.Id);
        }

        if (evidence.Any(e => e.Nats >= 3) && picture.Fixes.Any(f => f.SogKnots is >= 3))
        {
            Add("inUse", "behaviour", 0.7, $"The identity is in use by a ship under way, first heard {said.FirstSeen:yyyy-MM-dd HH:mm'Z'}.", said.Id);
        }

        if (midFlag is { } own && CallSign.TryParse(said.CallSign, out var sign) && tables.FlagsOf(sign).Any(f => tables.SameRealm(f, own)) && evidence.Any(e => e.Nats > 0))
        {
            Add("ownFieldsAgree", "lawful", -0.5, $"Her own numbers do not contradict each other: MMSI {mmsi} and call sign {sign} both point to {tables.NameOf(own)}.", said.Id);
        }

        return evidence.Any(e => e.Nats > 0) ? Finding(picture, said, midFlag, denial, byExtract is not null, evidence, tables, registers.Count > 0) : null;
    }

    // A statement that speaks outranks what another register's extract says of the same time.
    private static IdentityClaim? CurrentOf(List<IdentityClaim> registers, DateTimeOffset asOf) =>
        registers.Where(c => c.Status is RegisterStatus.Registered or RegisterStatus.Provisional && c.From <= asOf && !(c.ValidTo < asOf)).MaxBy(c => (StatementSource.IsStatement(c), c.From));

    private static IdentityClaim? Denial(List<IdentityClaim> registers, IdentityClaim? current, FlagState? midFlag, FlagTables tables) => midFlag is not { } flag || (current is not null && tables.SameRealm(current.Flag!.Value, flag))
        ? null
        : registers.Where(c => c.Status is RegisterStatus.Deleted or RegisterStatus.NeverRegistered or RegisterStatus.CertificateNotOurs && tables.SameRealm(c.Flag!.Value, flag)).MaxBy(c => c.ValidTo ?? c.From);

    private static void CallSigns(FlagTables tables, IdentityClaim said, FlagState? midFlag, IdentityClaim? current, Action<string, string, double, string, string?[]> add)
    {
        if (!CallSign.TryParse(said.CallSign, out var callSign) || tables.FlagsOf(callSign) is not { Count: > 0 } series)
        {
            return;
        }

        var names = string.Join(" or ", series.Select(tables.NameOf));
        var withMid = midFlag is { } mid && series.Any(s => tables.SameRealm(s, mid));
        if (current?.Flag is { } registered && !series.Any(s => tables.SameRealm(s, registered)))
        {
            add("I3", "contradiction", 1, $"Call sign {callSign} comes from the series of {names}; the register says {tables.NameOf(registered)}.", [said.Id, current.Id]);
            if (withMid)
            {
                add("I4", "contradiction", 1, $"Call sign and MMSI agree on {names}, against the register.", [said.Id]);
            }
        }
        else if (midFlag is { } flag && !withMid)
        {
            add("I3", "contradiction", 0.7, $"Call sign {callSign} comes from the series of {names}; the MID is of {tables.NameOf(flag)}.", [said.Id]);
        }
    }

    private Finding Finding(VesselPicture picture, IdentityClaim said, FlagState? midFlag, IdentityClaim? denial, bool deniedByExtract, List<Evidence> evidence, FlagTables tables, bool anyRegister)
    {
        var refuted = denial is not null && StatementSource.IsStatement(denial);
        // A statement answers what was found before it: the same finding goes on, and the case on it.
        var found = string.Join(',', evidence.Select(e => e.Name).Where(n => n is not "inUse" and not "lag" && (n != "registerDenies" || deniedByExtract)));
        var checking = picture.Vessel.Registers.Where(c => StatementSource.IsStatement(c) && c.Status == RegisterStatus.UnderCheck)
            .Select(c => $"{tables.NameOf(c.Flag!.Value)} has it under check since {c.From:yyyy-MM-dd} ({c.Reference}): wait for its statement.");
        var score = options.PriorNats + evidence.Sum(e => e.Nats);
        var families = evidence.Where(e => e.Nats > 0).Select(e => e.Family).ToHashSet();
        var start = said.FirstSeen;
        var strongest = evidence.MaxBy(e => e.Nats)!;
        return new Finding
        {
            Id = FactId.Of("contradiction", picture.TrackId, picture.Vessel.Id, said.CallSign, found),
            Kind = FindingKind.IdentityContradiction,
            Class = refuted ? FindingClass.RefutedFlag : denial is not null ? FindingClass.UnconfirmedFlag : FindingClass.Contradiction,
            // Two families, one of them how she behaves (SCIENCE 6, H6): a list or a digit alone raises nothing.
            Alert = score >= options.AlertAtNats && families.Count >= 2 && families.Contains("behaviour"),
            Mmsi = picture.Mmsi,
            TrackId = picture.TrackId,
            Imo = picture.Vessel.Imo,
            VesselId = picture.Vessel.Id,
            StartTime = start,
            Start = picture.Fixes.Count > 0 ? picture.Fixes[^1].At : null,
            Sentence = $"{picture.Who} broadcasts an identity{(midFlag is { } f ? $" of {tables.NameOf(f)}" : "")} that is {(refuted ? "refuted by its register" : "unconfirmed")}: {strongest.Text}",
            Band = score >= 0 ? Band.High : score >= Math.Log(0.25) ? Band.Medium : Band.Low,
            PriorNats = options.PriorNats,
            Evidence = evidence,
            InnocentCauses =
            [
                new("MMSI lags a lawful change of flag", anyRegister, evidence.Any(e => e.Name == "lag") ? $"possible: the entry is under {options.Lag.TotalDays:0} days old" : anyRegister ? "no register entry is that young" : "no register reached"),
                new("extract of the register out of date", anyRegister, picture.Vessel.Registers.Where(r => !StatementSource.IsStatement(r)).MaxBy(r => r.LastSeen) is { } latest ? $"extract of {latest.LastSeen:yyyy-MM-dd}" : "no register reached"),
                new("typing error in the set", true, evidence.Any(e => e.Name is "I5" or "I2") ? "possible: a number is malformed" : "numbers are well formed"),
                new("territory that uses another State's series", true, "tested by the table of realms: not the case"),
            ],
            WhatToCheck = [.. checking, "Ask the flag State's register: is this ship yours, since when?", "Ask the ship for her certificate of registry and continuous synopsis record.", "Compare name, call sign and size with the register's entry."],
            AsOf = picture.AsOf,
            ModelVersion = ModelVersion,
        };
    }
}
