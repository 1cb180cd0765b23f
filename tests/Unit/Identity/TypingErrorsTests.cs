using FsCheck;
using FsCheck.Xunit;
using MaritimeWatch.Identity;

namespace MaritimeWatch.Unit.Identity;

public sealed class TypingErrorsTests
{
    [Theory]
    [InlineData("STAR", "STAR", 0)]
    [InlineData("STAR", "STR", 1)]
    [InlineData("STAR", "STARR", 1)]
    [InlineData("STAR", "STOR", 1)]
    [InlineData("STAR", "TSAR", 1)]
    [InlineData("STAR", "TSARE", 2)]
    [InlineData("CA", "ABC", 3)]
    [InlineData("", "ABC", 3)]
    public void Errors_between_two_texts_are_counted_with_no_letter_touched_twice(string one, string other, int errors)
    {
        Assert.Equal(errors, TypingErrors.Between(one, other));
        Assert.Equal(errors, TypingErrors.Between(other, one));
    }

    [Property(MaxTest = 200)]
    public bool What_could_be_meant_is_one_error_away_and_all_of_it(NonNull<string> seed, int at)
    {
        var typed = string.Concat(seed.Get.Select(c => TypingErrors.OfNames[c % 37]));
        var meant = TypingErrors.Meant(typed, TypingErrors.OfNames);
        var other = meant.ElementAt((int)(Math.Abs((long)at) % meant.Count));
        return meant.All(m => TypingErrors.Between(typed, m) == 1) && TypingErrors.Meant(other, TypingErrors.OfNames).Contains(typed);
    }

    [Theory]
    [InlineData("STR", "STAR", true)]
    [InlineData("TSAR", "STAR", true)]
    [InlineData("STOR", "STAR", false)]
    [InlineData("STARR", "STAR", false)]
    public void A_letter_left_out_or_a_swap_is_likelier_than_another_letter_or_one_too_many(string typed, string meant, bool likelier) => Assert.Equal(likelier, TypingErrors.IsLikelier(typed, meant));
}
