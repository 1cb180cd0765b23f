using System.Globalization;
using MaritimeWatch.Identity;
using MaritimeWatch.Units;

namespace MaritimeWatch.Benchmarks;

/// <summary>A made hull: what she is found by.</summary>
internal readonly record struct SearchHull(ImoNumber? Imo, Mmsi Mmsi, string? CallSign, string Name, string? FormerName)
{
    public string Id => Vessel.IdOf(Imo, Mmsi, "");

    public string? this[SearchField field, bool former = false] => field switch
    {
        SearchField.ImoNumber => Imo?.ToString(),
        SearchField.Mmsi => Mmsi.ToString(),
        SearchField.CallSign => CallSign,
        _ => former ? FormerName : Name,
    };
}

/// <summary>
/// Made hulls with a fixed seed: an MMSI each, spread over all allocated MIDs; an IMO number for one in eight (of half a million
/// with a right check digit from 5,000,000 up); a call sign for six in ten; a former name for a third. Names are shared as at sea:
/// pairs of words, persons, words with a number, fishing fleets with five digits, invented words.
/// </summary>
internal static class SearchFleet
{
    private static readonly DateTimeOffset Start = new(2019, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] First =
        ("NORDIC OCEAN SEA BLUE GOLDEN SILVER GREEN WHITE RED BLACK ROYAL GRAND GREAT NEW OLD BALTIC ATLANTIC PACIFIC ARCTIC CORAL PEARL CRYSTAL DIAMOND RUBY EMERALD AMBER EASTERN WESTERN SOUTHERN NORTHERN GLOBAL UNITED " +
        "STAR SUN MOON DAWN EVENING MORNING WINTER SUMMER SPRING AUTUMN WILD BRAVE PROUD LUCKY HAPPY SWIFT BOLD CALM BRIGHT CLEAR DEEP HIGH LONG TRUE FAIR IRON STEEL STONE SALTY WINDY STORMY SUNNY MISTY HOLY SAINT SANTA SAN LADY LORD KING QUEEN PRINCE PRINCESS CAPTAIN").Split(' ');

    private static readonly string[] Second =
        ("STAR SPIRIT PIONEER EXPLORER TRADER CARRIER EXPRESS VOYAGER HORIZON WAVE WIND BREEZE STORM TIDE CURRENT HARBOUR BAY ISLAND CAPE RIVER LAKE FJORD REEF SHORE COAST SAND ROCK CLIFF SUMMIT VALLEY FOREST OAK ELM ALDER BIRCH " +
        "MAPLE CEDAR PINE LINDEN ROSE LILY ORCHID TULIP DAISY LOTUS GULL TERN EAGLE FALCON HAWK HERON SWAN CRANE PETREL ALBATROSS PELICAN DOLPHIN WHALE ORCA SEAL OTTER MARTEN FOX WOLF BEAR LION TIGER LYNX HORSE DEER SALMON TROUT HERRING COD " +
        "MARLIN TUNA BASS PERCH CURLEW PLOVER SNIPE HOPE FAITH GLORY HONOUR VICTORY FORTUNE DREAM FREEDOM PEACE UNITY HARMONY GRACE JOY PRIDE COURAGE WISDOM DESTINY LEGEND TREASURE JEWEL CROWN THRONE CASTLE TOWER BRIDGE ANCHOR COMPASS BEACON LANTERN SAIL MAST").Split(' ');

    private static readonly string[] Given =
        ("ANNA MARIA EVA INGRID KAREN HELENA SOFIA IRINA OLGA ELENA KATRIN MARTA JOHANNA CLARA EMMA LAURA JULIA NINA PETRA SIGRID ASTRID GRETA LENA VERA NORA IDA RUTH SARA HANNA LISA JAN PIET KLAAS HENDRIK WILLEM JOHAN ERIK LARS OLAF " +
        "NILS SVEN GUNNAR HARALD MAGNUS PEDRO PABLO JOSE MANUEL ANTONIO CARLOS MIGUEL RAFAEL GIOVANNI GIUSEPPE MARCO LUCA PAOLO IVAN DMITRI SERGEI NIKOLAI MIKHAIL ALEXEI BORIS YUSUF AHMET MEHMET MUSTAFA HASAN OMAR KARIM RASHID").Split(' ');

    private static readonly string[] Beginnings = "BA BE BO BRA CA CO CRI DA DE DO FA FE FI GA GO GRA HA HE HO JA JO KA KE KO KRA LA LE LI LO MA ME MI MO NA NE NO PA PE PI PO RA RE RI RO SA SE SI SO STA TA TE TI TO TRA VA VE VI VO WA ZE".Split(' ');

    private static readonly string[] Ends = "N R S L M ND RT RA NA LA TA NIA RIA LIS TOS DOR VIK MAR SUND HOLM".Split(' ');

    public static SearchHull[] Hulls(int count, IReadOnlyList<int> mids)
    {
        var random = new Random(41);
        var imos = new HashSet<int>();
        var mmsis = new HashSet<int>();
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            ImoNumber? imo = null;
            while (i % 8 == 0 && imo is null)
            {
                imo = ImoNumber.From(random.Next(5_000_000, 10_000_000)) is { } right && imos.Add(right.Number) ? right : null;
            }

            int mmsi;
            do
            {
                mmsi = (mids[random.Next(mids.Count)] * 1_000_000) + random.Next(1_000_000);
            }
            while (!mmsis.Add(mmsi));
            return new SearchHull(imo, new Mmsi(mmsi), random.Next(10) < 6 ? CallSign(random) : null, Name(random), i % 3 == 1 ? Name(random) : null);
        })];
    }

    /// <summary>Three claims of a hull: what she broadcasts, what her register says, and what she broadcast before or a list says.</summary>
    public static IEnumerable<IdentityClaim> Claims(SearchHull hull, int number)
    {
        var spoken = new IdentityClaim
        {
            Source = "AIS", Origin = ClaimOrigin.Broadcast, Mmsi = hull.Mmsi, ImoAsStated = hull.Imo?.ToString(), CallSign = hull.CallSign, Name = hull.Name, ShipType = 70, LengthM = 20 + (number % 300),
            FirstSeen = Start.AddDays(900 + (number % 300)), LastSeen = Start.AddDays(1500 + (number % 1000)),
        };
        yield return spoken;
        yield return spoken with { Source = "register", Origin = ClaimOrigin.Register, ValidFrom = spoken.FirstSeen, FirstSeen = Start.AddDays(2000), LastSeen = Start.AddDays(2000), Reference = number.ToString(CultureInfo.InvariantCulture) };
        yield return hull.FormerName is { } former
            ? spoken with { Name = former, FirstSeen = Start.AddDays(number % 300), LastSeen = Start.AddDays(850 + (number % 300)) }
            : spoken with { Source = "list", Origin = ClaimOrigin.List, FirstSeen = Start.AddDays(2100), LastSeen = Start.AddDays(2100) };
    }

    private static string Name(Random random) => random.Next(20) switch
    {
        < 5 => $"{One(random, First)} {One(random, Second)}",
        < 8 => $"{One(random, First)} {One(random, Second)} {random.Next(1, 30)}",
        < 11 => $"{One(random, Given)} {Invented(random)}",
        < 13 => $"{One(random, Beginnings)}{One(random, Ends)[..1]} {One(random, Beginnings)} YU {random.Next(10_000, 100_000)}",
        < 15 => $"{One(random, First)} {Invented(random)}",
        _ => Invented(random),
    };

    private static string Invented(Random random) => string.Concat(Enumerable.Range(0, random.Next(3, 5)).Select(_ => One(random, Beginnings))) + One(random, Ends);

    private static string CallSign(Random random) => random.Next(10) switch
    {
        < 3 => $"{Letter(random)}{Letter(random)}{Letter(random)}{Letter(random)}{random.Next(2, 10)}",
        < 6 => $"{Letter(random)}{Letter(random)}{random.Next(1000, 10_000)}",
        _ => $"{random.Next(2, 10)}{Letter(random)}{Letter(random)}{random.Next(1000, 10_000)}",
    };

    private static char Letter(Random random) => (char)('A' + random.Next(26));

    // Few words are on many ships and many on few.
    private static string One(Random random, string[] words) => words[(int)(words.Length * Math.Pow(random.NextDouble(), 1.3))];
}
