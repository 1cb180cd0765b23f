using FsCheck;
using FsCheck.Xunit;
using MaritimeWatch.Identity;

namespace MaritimeWatch.Unit.Identity;

public sealed class NameFoldingTests
{
    [Theory]
    [InlineData("  Nordic   Star ", "NORDIC STAR")]
    [InlineData("M/V Nordic-Star", "NORDIC STAR")]
    [InlineData("MV NORDIC STAR", "NORDIC STAR")]
    [InlineData("F.V. Tor", "TOR")]
    [InlineData("M.T. MV Tor", "TOR")]
    [InlineData("MV", "MV")]
    [InlineData("MTS ALDER", "MTS ALDER")]
    [InlineData("L'Étoile d’Or", "LETOILE DOR")]
    [InlineData("ST. PETER", "ST PETER")]
    [InlineData("Ørsted Ærø", "ORSTED AERO")]
    [InlineData("Straße", "STRASSE")]
    [InlineData("ŁÓDŹ", "LODZ")]
    [InlineData("Đà Nẵng", "DA NANG")]
    [InlineData("Þór", "THOR")]
    [InlineData("İSTANBUL ışık", "ISTANBUL ISIK")]
    [InlineData("A\u030alesund", "ALESUND")]
    [InlineData("№ ٣ 12", "3 12")]
    [InlineData("%_'\"--;", "")]
    [InlineData(null, "")]
    public void Case_marks_points_and_prefixes_do_not_tell_names_apart(string? stated, string form) => Assert.Equal(form, NameFolding.Of(stated));

    [Theory]
    [InlineData("Капитан Щербаков", "KAPITAN SHCHERBAKOV")]
    [InlineData("Юрий Гагарин", "IURII GAGARIN")]
    [InlineData("Объект Ёлка", "OBIEEKT ELKA")]
    [InlineData("Київ Григорій", "KYIV HRYHORII")]
    [InlineData("Ελευθέριος Βενιζέλος", "ELEFTHERIOS VENIZELOS")]
    [InlineData("ΝΑΥΣΙΚΑ", "NAFSIKA")]
    [InlineData("Ευαγγελία", "EVANGELIA")]
    [InlineData("Ουρανός ΜΠΑΜΠΗΣ", "OURANOS BAMPIS")]
    [InlineData("النجم", "ALNJM")]
    [InlineData("خلیج فارس", "KHLYJ FARS")]
    [InlineData("船 STAR", "船 STAR")]
    public void Other_scripts_are_read_in_Latin_letters(string stated, string form) => Assert.Equal(form, NameFolding.Of(stated));

    [Fact]
    public void Letters_that_are_written_with_two_letters_too_give_a_second_form()
    {
        Assert.Equal(["ALESUND", "AALESUND"], NameFolding.Forms("Ålesund"));
        Assert.Equal(["BJORN", "BJOERN"], NameFolding.Forms("BJØRN"));
        Assert.Equal(["ALDER"], NameFolding.Forms("Alder"));
        Assert.Empty(NameFolding.Forms("..."));
    }

    [Property(MaxTest = 2000)]
    public bool A_form_is_its_own_form(NonNull<string> stated) => NameFolding.Forms(stated.Get).All(form => NameFolding.Of(form) == form);

    [Property(MaxTest = 2000)]
    public bool Capitals_and_digits_stay_as_they_are(NonNull<string> stated)
    {
        var word = "X" + string.Concat(stated.Get.Select(c => TypingErrors.OfCallSigns[c % 36]));
        return NameFolding.Of($"{word} {word}") == $"{word} {word}" && NameFolding.Of(word.ToLowerInvariant()) == word;
    }

    [Fact]
    public void Every_letter_of_the_scripts_is_read_and_nothing_but_letters_digits_and_spaces_comes_out()
    {
        foreach (var c in Enumerable.Range(1, 0xfffe).Select(i => (char)i))
        {
            var form = NameFolding.Of($"A{c}B");
            Assert.True(NameFolding.Of(form) == form && form.All(f => f == ' ' || char.IsLetter(f) || char.IsAsciiDigit(f)), $"U+{(int)c:X4} gives '{form}'");
            Assert.True(c is not (>= 'А' and <= 'я' or >= 'Α' and <= 'ω') || form.All(char.IsAscii), $"U+{(int)c:X4} is not read");
        }
    }
}
