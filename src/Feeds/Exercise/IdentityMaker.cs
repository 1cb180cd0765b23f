using System.Globalization;
using MaritimeWatch.Feeds.Ais;

namespace MaritimeWatch.Feeds.Exercise;

/// <summary>
/// Makes identities that are well formed and plainly made up: real MIDs with a tail that begins with 9, IMO numbers with
/// a right check digit from the range 2000000 to 4999999 which was never given out, names that begin with the mark.
/// </summary>
internal sealed class IdentityMaker(ScenarioFile file)
{
    private int next;

    public SpokenIdentity Make(double fromS, string flag, bool hasImo, double draughtM, bool leisure)
    {
        var i = next++;
        var spec = Array.Find(file.Flags, f => f.Flag == flag)
            ?? throw new InvalidDataException($"scenario.json names the flag {flag}, which is not among its flags.");
        var mid = spec.Mids[i % spec.Mids.Length];
        var prefix = spec.CallSigns[i % spec.CallSigns.Length];
        var callSign = $"{prefix}{(char)('A' + (i / 26 % 26))}{(char)('A' + (i % 26))}9{i % 10}";
        return new SpokenIdentity(fromS, flag, (mid * 1_000_000) + 900_000 + (((i * 131) + 17) % 100_000), hasImo ? ImoOf(i) : 0, callSign, NameOf(i, leisure), draughtM);
    }

    /// <summary>Same hull, new papers: everything but the IMO number changes.</summary>
    public SpokenIdentity Rename(SpokenIdentity before, double fromS, string flag) =>
        Make(fromS, flag, false, before.DraughtM, false) with { Imo = before.Imo };

    public static AntennaOffsets OffsetsOf(int lengthM, long seed)
    {
        var toBow = lengthM < 30 ? lengthM / 2 : (int)(lengthM * SeededNoise.Between(0.55, 0.85, seed, 41));
        var beam = Math.Max(2, (int)Math.Round(lengthM < 60 ? lengthM * 0.25 : lengthM * 0.155));
        return new AntennaOffsets(toBow, lengthM - toBow, beam / 2, beam - (beam / 2));
    }

    private string NameOf(int i, bool leisure)
    {
        var count = file.FirstNames.Length * file.SecondNames.Length;
        if (i >= count)
        {
            throw new InvalidDataException($"scenario.json has {count} names; ship {i + 1} needs another. Add to firstNames or secondNames.");
        }

        var at = i * 37 % count;
        var name = $"{file.Mark[..4]} {file.FirstNames[at / file.SecondNames.Length]} {file.SecondNames[at % file.SecondNames.Length]}";
        return leisure && name.Length <= 17 ? name + " " + (i % 90 + 10).ToString(CultureInfo.InvariantCulture) : name;
    }

    /// <summary>Seven digits: six of a walk through 200000 to 499999 that never repeats, and the check digit of IMO A.1117(30).</summary>
    private static int ImoOf(int i)
    {
        var stem = 200_000 + (i * 4177 % 300_000);
        var sum = 0;
        for (int weight = 2, rest = stem; weight <= 7; weight++, rest /= 10)
        {
            sum += weight * (rest % 10);
        }

        return (stem * 10) + (sum % 10);
    }
}
