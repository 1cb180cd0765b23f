namespace MaritimeWatch.Identity;

/// <summary>
/// Letters beyond A to Z in Latin letters. Latin with marks and Cyrillic as in machine-readable passports (ICAO Doc 9303, part 3,
/// 8th edition, section 6, tables A and B); Greek as in ELOT 743, 2nd edition (ISO 843:1997, type 2). Arabic and Persian letters
/// by their usual English sounds (near BGN/PCGN 1956) without marks: ayn, hamza and short vowels are not written.
/// </summary>
internal static class Transliteration
{
    private const string Latin =
        "A=ÀÁÂÃĀĂĄǍẠẢẤẦẨẪẬẮẰẲẴẶÅÄ AE=ÆǼ B=Ɓ C=ÇĆĈĊČ D=ĎĐÐḌ DZ=Ǆǅ E=ÈÉÊËĒĔĖĘĚƏẸẺẼẾỀỂỄỆ F=ƒ G=ĜĞĠĢǦ H=ĤĦḤ I=ÌÍÎÏĨĪĬĮİıǏỈỊ IJ=Ĳ J=Ĵ K=ĶǨ L=ĹĻĽĿŁ LJ=Ǉǈ " +
        "N=ÑŃŅŇŊ NJ=Ǌǋ O=ÒÓÔÕŌŎŐƠǑỌỎỐỒỔỖỘỚỜỞỠỢØÖǾ OE=Œ R=ŔŖŘ S=ŚŜŞŠȘſṢ SS=ßẞ T=ŢŤŦȚṬ TH=Þ U=ÙÚÛŨŪŬŮŰŲƯǓỤỦỨỪỬỮỰÜ W=ŴẀẂẄ Y=ÝŶŸỲỴỶỸ Z=ŹŻŽẒ";

    private const string TwoLetters = "AA=Å AE=Ä OE=ÖØǾ UE=Ü";

    private const string Cyrillic =
        "A=А B=Б V=В G=ГҐЃ D=ДЂ E=ЕЁЭ ZH=Ж Z=З I=ИІЙЇЍЀ K=КЌ L=Л M=М N=Н O=О P=П R=Р S=С T=Т U=УЎ F=Ф KH=Х TS=Ц CH=Ч SH=Ш SHCH=Щ IE=ЪЄ Y=Ы =Ь IU=Ю IA=Я " +
        "J=Ј LJ=Љ NJ=Њ C=Ћ DZ=ЏЅ";

    private const string Ukrainian = "H=Г Y=И =Ъ";

    private const string Greek = "A=ΑΆ V=Β G=Γ D=Δ E=ΕΈ Z=Ζ I=ΗΉΙΊΪΐ TH=Θ K=Κ L=Λ M=Μ N=Ν X=Ξ O=ΟΌΩΏ P=Π R=Ρ S=Σς T=Τ Y=ΥΎΫΰ F=Φ CH=Χ PS=Ψ";

    private const string Arabic =
        "A=اآأإٱىة B=ب T=تط TH=ث J=ج H=حه KH=خ D=دض DH=ذ R=ر Z=زظ S=سص SH=ش GH=غ F=ف Q=ق K=كک L=ل M=م N=ن W=وؤ Y=يئی P=پ CH=چ ZH=ژ G=گ =عءـ";

    private const string Voiceless = "ΘΚΞΠΣΤΦΧΨ";

    private static readonly Dictionary<char, string> Letters = Read(Latin, Cyrillic, Greek, Arabic), ByTwo = Read(TwoLetters), ByUkrainian = Read(Ukrainian);

    /// <summary>True when letters stand in it that Ukrainian has and Russian has not: Г and И then sound otherwise.</summary>
    public static bool IsUkrainian(string upper) => upper.AsSpan().IndexOfAny("ІЇЄҐ") >= 0;

    /// <summary>Latin letters for the one at a place, empty for one that is not written; null when no table has it. Moves the place behind a pair that is read as one.</summary>
    public static string? Of(string upper, ref int at, bool ukrainian, bool twoLetters)
    {
        var c = upper[at];
        if ((ukrainian && ByUkrainian.TryGetValue(c, out var latin)) || (twoLetters && ByTwo.TryGetValue(c, out latin)))
        {
            return latin;
        }

        if (c is >= '\u0370' and <= '\u03ff' && GreekPair(upper, at) is { } pair)
        {
            at++;
            return pair;
        }

        return Letters.GetValueOrDefault(c);
    }

    /// <summary>ELOT 743: pairs that sound as one; the second vowel of ΑΥ, ΕΥ, ΗΥ is V, or F before a voiceless letter and at the end.</summary>
    private static string? GreekPair(string upper, int at)
    {
        var next = at + 1 < upper.Length ? upper[at + 1] : ' ';
        var after = at + 2 < upper.Length ? upper[at + 2] : ' ';
        var begins = at == 0 || !char.IsLetter(upper[at - 1]);
        var v = Voiceless.Contains(after, StringComparison.Ordinal) || !char.IsLetter(after) ? "F" : "V";
        return (upper[at], next) switch
        {
            ('Ο', 'Υ' or 'Ύ') => "OU",
            ('Α', 'Υ' or 'Ύ') => "A" + v,
            ('Ε', 'Υ' or 'Ύ') => "E" + v,
            ('Η', 'Υ' or 'Ύ') => "I" + v,
            ('Μ', 'Π') when begins => "B",
            ('Γ', 'Γ') => "NG",
            ('Γ', 'Ξ') => "NX",
            ('Γ', 'Χ') => "NCH",
            _ => null,
        };
    }

    private static Dictionary<char, string> Read(params string[] tables)
    {
        var letters = new Dictionary<char, string>();
        foreach (var entry in tables.SelectMany(t => t.Split(' ')))
        {
            var parts = entry.Split('=');
            foreach (var letter in parts[1])
            {
                letters.Add(letter, parts[0]);
            }
        }

        return letters;
    }
}
