using MaritimeWatch.Identity;

namespace MaritimeWatch.Unit.Identities;

public sealed class TypingErrorsTests
{
    [Theory]
    [InlineData("KESTREL", "KESTREL", 0)]
    [InlineData("KESTREL", "KESTRAL", 1)]
    [InlineData("KESTREL", "KETSREL", 1)]
    [InlineData("KESTREL", "KESTRE", 1)]
    [InlineData("KESTREL", "KEESTREL", 1)]
    [InlineData("KESTREL", "CASTREL", 2)]
    [InlineData("KESTREL", "HERON", 3)]
    [InlineData("", "AB", 2)]
    public void Letters_left_out_put_in_replaced_or_swapped_are_one_error_each(string a, string b, int errors)
    {
        Assert.Equal(errors, TypingErrors.Between(a, b, 2));
        Assert.Equal(errors, TypingErrors.Between(b, a, 2));
    }
}
