using MaritimeWatch.Detection;
using MaritimeWatch.Detection.Flags;
using MaritimeWatch.Detection.Reception;
using MaritimeWatch.Feeds.Registers;
using MaritimeWatch.Identity;
using MaritimeWatch.Server.Settings;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Bench.Flags;

/// <summary>Dirty registers as they are: what is read, refused and joined, and what contradicts itself.</summary>
internal static class RegisterTable
{
    private static readonly DateTimeOffset AsOf = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Print(TextWriter to, House house, FlagTables tables, string card, string path, int seed)
    {
        var content = new RegisterReader(card, house.RegisterCard(card), tables).Read(path, AsOf);
        var hulls = Hulls.Of(content.Claims);
        to.WriteLine($"\n{Path.GetFileName(path)}: {content.Count.Lines} records, {content.Count.Accepted} taken, {content.Count.RejectedTotal} refused, {hulls.Count} hulls, {hulls.Count(h => h.Claims.Count > 1)} of several records");
        foreach (var reason in content.Count.Rejected)
        {
            to.WriteLine($"    refused {reason.Value,5}  {reason.Key}");
        }

        foreach (var told in content.Rejections.Where(r => !content.Count.Rejected.ContainsKey(r.Reason)).GroupBy(r => r.Reason).OrderByDescending(g => g.Count()))
        {
            to.WriteLine($"    told    {told.Count(),5}  {told.Key}");
        }

        // What the list says of the radio is held against what it says of the flag, by the detector itself.
        var detector = new ContradictionDetector(new FlagOptions());
        var found = hulls.Select(h => (Hull: h, Found: detector.Find(Picture(h, tables)))).Where(f => f.Found is not null).ToList();
        foreach (var check in found.SelectMany(f => f.Found!.Evidence.Where(e => e.Nats > 0).Select(e => e.Name).Distinct()).GroupBy(n => n).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            to.WriteLine($"    {check.Key,-18} {check.Count(),5} hulls");
        }

        var flags = hulls.Count(h => h.Claims.Select(c => c.Claim.Mmsi is { } m && !Hulls.IsJunk(m) ? tables.FlagOf(m) : null).OfType<FlagState>().Distinct().Count() > 1);
        to.WriteLine($"    MMSIs of more than one flag, now or formerly, undated: {flags} hulls");
        var shared = content.Claims.Where(c => c.Mmsi is { } m && !Hulls.IsJunk(m) && c.Imo is not null).GroupBy(c => c.Mmsi).Count(g => g.Select(c => c.Imo).Distinct().Count() > 1);
        to.WriteLine($"    one MMSI, two IMO numbers: {shared}; findings {found.Count}, raised {found.Count(f => f.Found!.Alert)} (a list alone raises nobody)");
        var chance = new Random(seed);
        foreach (var one in found.OrderBy(_ => chance.Next()).Take(10))
        {
            to.WriteLine($"    e.g. {one.Found!.Imo?.ToString() ?? one.Hull.Id}: {string.Join(" | ", one.Found.Evidence.Select(e => $"{e.Name} {e.Nats:+0.0;-0.0}: {e.Text}"))}");
        }
    }

    private static VesselPicture Picture(Hull hull, FlagTables tables)
    {
        var claims = hull.Claims.Where(c => c.Claim.ValidTo is null).SelectMany(c => new[]
        {
            c.Claim with { Source = "radio in the list", Origin = ClaimOrigin.Broadcast, Flag = null, FirstSeen = AsOf.AddDays(-1) },
            c.Claim with { Origin = ClaimOrigin.Register, Mmsi = null, CallSign = null, Status = RegisterStatus.Registered, ValidFrom = AsOf.AddYears(-1) },
        }).ToList();
        var mmsi = hull.Claims.Where(c => c.Claim.ValidTo is null).Select(c => c.Claim.Mmsi).OfType<Mmsi>().FirstOrDefault();
        return new VesselPicture { AsOf = AsOf, TrackId = hull.Id, Mmsi = mmsi, Vessel = new Vessel(hull.Id, claims, []), Fixes = [], Reception = new HeardSlots(), Grid = new ReceptionGrid(new ReceptionOptions()), Flags = tables };
    }
}
