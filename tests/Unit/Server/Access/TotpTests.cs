using MaritimeWatch.Server.Access;

namespace MaritimeWatch.Unit.Server.Access;

public sealed class TotpTests
{
    private static readonly byte[] Secret = [.. "12345678901234567890"u8];

    /// <summary>RFC 6238 appendix B, the rows of SHA-1.</summary>
    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void The_codes_are_those_of_the_standard(long unixSeconds, string code) => Assert.Equal(code, Totp.CodeAt(Secret, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(unixSeconds)), 8));

    [Fact]
    public void A_code_holds_one_step_before_and_after_its_own_and_once()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1234567890);
        var step = Totp.StepAt(now);
        Assert.All(new[] { -1, 0, 1 }, off => Assert.Equal(step + off, Totp.StepOf(Secret, Totp.CodeAt(Secret, step + off), now, 0)));
        Assert.All(new[] { -2, 2 }, off => Assert.Null(Totp.StepOf(Secret, Totp.CodeAt(Secret, step + off), now, 0)));
        Assert.Null(Totp.StepOf(Secret, Totp.CodeAt(Secret, step), now, step));
        Assert.All(new[] { null, "", "12345", "89005924" }, code => Assert.Null(Totp.StepOf(Secret, code, now, 0)));
    }

    /// <summary>RFC 4648 section 10, and the secret above.</summary>
    [Fact]
    public void A_secret_is_written_in_base_32()
    {
        Assert.Equal("MZXW6YTB", Totp.Base32("fooba"u8));
        Assert.Equal("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", Totp.Base32(Secret));
    }
}
