using MaritimeWatch.Identity;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Bench.Flags;

/// <summary>What was put into a hull's history.</summary>
internal enum SpliceKind
{
    ThreeChanges, ThereAndBack, ChangesAtSea, OldMidKept, AfterListing,
    AsIs, OneSale, TwoSales, ThreeSales, FleetMove, RegisterMerger, MidLag, TypingErrors, WrongSet, ManagerChanges,
}

/// <summary>One made-up history, with what is true of it.</summary>
/// <param name="Hull">Its vessel; the IMO number is that of the base.</param>
/// <param name="Kind">What was put in.</param>
/// <param name="AsOf">When it is looked at.</param>
/// <param name="Group">Flag the base had, for parity.</param>
/// <param name="FirstFixAtSea">The last identity was first heard under way.</param>
internal sealed record SplicedHull(Vessel Hull, SpliceKind Kind, DateTimeOffset AsOf, FlagState Group, bool FirstFixAtSea)
{
    public bool IsPositive => Kind <= SpliceKind.AfterListing;
}

/// <summary>
/// Puts changes of flag and their lawful likenesses into hulls that had none (SCIENCE 5.2, item 8). It shares no code and no
/// number with the detector: identities are made of the tables of MIDs and call signs, times and choices are drawn.
/// </summary>
/// <param name="flags">Flags with a MID and a series, in an order that decides who gets which: a permutation of it permutes the flags.</param>
internal sealed class SpliceInjector(IReadOnlyList<(FlagState Flag, int Mid, string Series)> flags, int seed)
{
    private readonly Random chance = new(seed);

    /// <summary>One hull with its history; fleet and merger share <paramref name="together"/> among their members.</summary>
    public SplicedHull Make(ImoNumber imo, int shipType, SpliceKind kind, DateTimeOffset asOf, (int From, int To, DateTimeOffset At, string Owner)? together = null)
    {
        var first = together?.From ?? chance.Next(flags.Count);
        var name = Word(2);
        var owner = together?.Owner ?? $"{Word(1)} SHIPPING";
        var registers = chance.Next(2) == 0;
        var (claims, listings) = (new List<IdentityClaim>(), new List<Listing>());
        var day = asOf.AddDays(-360);
        var identity = New(first, name, owner) with { From = asOf.AddDays(-1200 - chance.Next(1500)) };
        var atSea = false;
        var span = new List<Identity>();
        switch (kind)
        {
            case SpliceKind.ThreeChanges or SpliceKind.ChangesAtSea or SpliceKind.OldMidKept or SpliceKind.AfterListing:
                foreach (var at in Days(3, 40))
                {
                    span.Add(New(Another(span.LastOrDefault()?.Flag ?? first), chance.Next(2) == 0 ? name : name = Word(2), owner) with { From = day.AddDays(at) });
                }

                atSea = kind == SpliceKind.ChangesAtSea;
                if (kind == SpliceKind.AfterListing)
                {
                    listings.Add(new Listing { Source = "made", ListName = "made list", Name = name, Imo = imo, DesignatedOn = DateOnly.FromDateTime(span[0].From.AddDays(-chance.Next(5, 80)).UtcDateTime) });
                }

                break;
            case SpliceKind.ThereAndBack:
                var other = New(Another(first), name, owner);
                var back = identity;
                span.AddRange(Days(3, 40).Select((at, i) => (i % 2 == 0 ? other : back) with { From = day.AddDays(at) }));
                break;
            case SpliceKind.OneSale or SpliceKind.TwoSales or SpliceKind.ThreeSales:
                registers |= kind == SpliceKind.ThreeSales;
                foreach (var at in Days(kind == SpliceKind.OneSale ? 1 : kind == SpliceKind.TwoSales ? 2 : 3, 60))
                {
                    span.Add(New(Another(span.LastOrDefault()?.Flag ?? first), Word(2), $"{Word(1)} LINES") with { From = day.AddDays(at) });
                }

                break;
            case SpliceKind.FleetMove or SpliceKind.RegisterMerger:
                span.Add(New(together!.Value.To, name, owner) with { From = together.Value.At.AddDays(chance.Next(30)) });
                break;
            case SpliceKind.MidLag:
                span.Add(New(Another(first), name, owner) with { From = day.AddDays(chance.Next(60, 250)), RadioFollowsAfter = TimeSpan.FromDays(chance.Next(20, 88)) });
                registers = true;
                break;
            case SpliceKind.ManagerChanges:
                span.AddRange(Days(3, 50).Select(at => identity with { Owner = $"{Word(1)} MANAGEMENT", From = day.AddDays(at) }));
                registers = true;
                break;
        }

        Write([identity, .. span], asOf, imo, shipType, registers || kind == SpliceKind.OldMidKept, kind == SpliceKind.OldMidKept, claims);
        if (kind == SpliceKind.TypingErrors)
        {
            Mistype(claims, identity, asOf, imo);
        }
        else if (kind == SpliceKind.WrongSet)
        {
            Misprogram(claims, identity, asOf, imo);
        }

        return new SplicedHull(new Vessel($"imo:{imo}", [.. claims.OrderBy(c => c.From).ThenBy(c => c.Id, StringComparer.Ordinal)], listings), kind, asOf, flags[first].Flag, atSea);
    }

    public int Another(int flag)
    {
        var drawn = chance.Next(flags.Count - 1);
        return drawn >= flag ? drawn + 1 : drawn;
    }

    public int Next(int below) => chance.Next(below);

    private void Write(IReadOnlyList<Identity> span, DateTimeOffset asOf, ImoNumber imo, int shipType, bool registers, bool midKept, List<IdentityClaim> claims)
    {
        var radio = span[0];
        for (var i = 0; i < span.Count; i++)
        {
            var one = span[i];
            var until = i + 1 < span.Count ? span[i + 1].From : (DateTimeOffset?)null;
            radio = midKept && i == span.Count - 1 ? radio : one;
            var (from, to) = (one.From + one.RadioFollowsAfter, (until ?? asOf) + (i + 1 < span.Count ? span[i + 1].RadioFollowsAfter : default) - TimeSpan.FromHours(chance.Next(2, 40)));
            if (i > 0 && chance.Next(12) == 0 && !registers)
            {
                // Nobody heard her under this one.
                continue;
            }

            claims.Add(new IdentityClaim { Source = "AIS", Origin = ClaimOrigin.Broadcast, Mmsi = radio.Mmsi, CallSign = chance.Next(5) == 0 ? null : radio.CallSign, Name = chance.Next(15) == 0 ? null : one.Name, ImoAsStated = imo.ToString(), ShipType = shipType, FirstSeen = from, LastSeen = to > from ? to : from });
            if (registers)
            {
                claims.Add(new IdentityClaim
                {
                    Source = $"register {one.Flag}", Origin = ClaimOrigin.Register, Flag = flags[one.Flag].Flag, Name = one.Name, Owner = one.Owner, ImoAsStated = imo.ToString(), ShipType = shipType, ValidFrom = one.From,
                    ValidTo = until, Status = until is null || span[i + 1].Flag == one.Flag ? RegisterStatus.Registered : RegisterStatus.Deleted, FirstSeen = one.From, LastSeen = until ?? asOf, Reference = $"row {i}",
                });
            }
        }
    }

    // A letter or a digit wrong for some hours, now in the name, now in the call sign, now in the MMSI, and then right again.
    private void Mistype(List<IdentityClaim> claims, Identity right, DateTimeOffset asOf, ImoNumber imo)
    {
        foreach (var at in Days(6, 20))
        {
            var from = asOf.AddDays(at - 360);
            var (mmsi, sign, name) = (right.Mmsi, right.CallSign, right.Name);
            switch (chance.Next(3))
            {
                case 0:
                    var place = (int)Math.Pow(10, chance.Next(9));
                    var digit = mmsi.Number / place % 10;
                    mmsi = new Mmsi(mmsi.Number + (((digit + 1 + chance.Next(9)) % 10) - digit) * place);
                    break;
                case 1:
                    sign = Typed(sign);
                    break;
                default:
                    name = Typed(name);
                    break;
            }

            claims.Add(new IdentityClaim { Source = "AIS", Origin = ClaimOrigin.Broadcast, Mmsi = mmsi, CallSign = sign, Name = name, ImoAsStated = imo.ToString(), FirstSeen = from, LastSeen = from.AddHours(chance.Next(1, 30)) });
            claims.Add(new IdentityClaim { Source = "AIS", Origin = ClaimOrigin.Broadcast, Mmsi = right.Mmsi, CallSign = right.CallSign, Name = right.Name, ImoAsStated = imo.ToString(), FirstSeen = from.AddHours(31), LastSeen = from.AddHours(32), Reference = $"again {at}" });
        }
    }

    // A set put in by a yard with a number of another flag, in use for weeks, once or twice, often without a call sign.
    private void Misprogram(List<IdentityClaim> claims, Identity right, DateTimeOffset asOf, ImoNumber imo)
    {
        foreach (var at in Days(chance.Next(1, 3), 90))
        {
            var (from, wrong) = (asOf.AddDays(at - 360), new Mmsi((flags[Another(right.Flag)].Mid * 1_000_000) + chance.Next(1000, 999_999)));
            var until = from.AddDays(chance.Next(5, 60));
            claims.Add(new IdentityClaim { Source = "AIS", Origin = ClaimOrigin.Broadcast, Mmsi = wrong, CallSign = chance.Next(3) == 0 ? null : right.CallSign, Name = right.Name, ImoAsStated = imo.ToString(), FirstSeen = from, LastSeen = until });
            claims.Add(new IdentityClaim { Source = "AIS", Origin = ClaimOrigin.Broadcast, Mmsi = right.Mmsi, CallSign = right.CallSign, Name = right.Name, ImoAsStated = imo.ToString(), FirstSeen = until, LastSeen = until.AddDays(20), Reference = $"again {at}" });
        }
    }

    private string Typed(string text)
    {
        var at = chance.Next(text.Length);
        return text[..at] + (char)('A' + chance.Next(26)) + text[(at + 1)..];
    }

    private List<int> Days(int count, int apart)
    {
        var free = 340 - ((count - 1) * apart);
        return [.. Enumerable.Range(0, count).Select(_ => chance.Next(free)).Order().Select((d, i) => d + (i * apart) + 5)];
    }

    private Identity New(int flag, string name, string owner)
    {
        var (_, mid, series) = flags[flag];
        return new Identity(flag, new Mmsi((mid * 1_000_000) + chance.Next(1000, 999_999)), series + (char)('A' + chance.Next(26)) + chance.Next(10, 99), name, owner);
    }

    private string Word(int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => string.Concat(Enumerable.Range(0, 3).Select(_ => $"{"BDFGKLMNPRSTV"[chance.Next(13)]}{"AEIOU"[chance.Next(5)]}"))));

    private sealed record Identity(int Flag, Mmsi Mmsi, string CallSign, string Name, string Owner)
    {
        public DateTimeOffset From { get; init; }

        public TimeSpan RadioFollowsAfter { get; init; }
    }
}
