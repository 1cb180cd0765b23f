using FsCheck.Xunit;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Units;

public sealed class IdentifierTests
{
    [Fact]
    public void Exactly_one_seven_digit_number_in_ten_has_a_right_check_digit() =>
        Assert.Equal(900_000, Enumerable.Range(1_000_000, 9_000_000).Count(ImoNumber.HasRightCheckDigit));

    [Theory]
    [InlineData(7625811)]
    [InlineData(7605811)]
    [InlineData(9074729)]
    public void The_numbers_of_SCIENCE_pass(int number) => Assert.Equal(number, ImoNumber.From(number)?.Number);

    [Fact]
    public void The_check_digit_misses_one_single_digit_error_in_nine_and_every_one_in_itself_is_seen()
    {
        // SCIENCE 3.2 I5: any even change of the third digit, and 5 in the second, fourth or sixth.
        int missed = 0, changed = 0;
        foreach (var good in Enumerable.Range(9_000_000, 20_000).Where(ImoNumber.HasRightCheckDigit))
        {
            for (var power = 1; power <= 100_000; power *= 10)
            {
                for (var digit = 0; digit < 10; digit++)
                {
                    var other = good + ((digit - (good / power % 10)) * power);
                    if (other != good)
                    {
                        changed++;
                        missed += ImoNumber.HasRightCheckDigit(other) ? 1 : 0;
                        Assert.False(power == 1 && ImoNumber.HasRightCheckDigit(other));
                    }
                }
            }
        }

        // Six of the seven digits are changed here; the first is left, for it may not become nought: 7 misses in 54.
        Assert.Equal(7.0 / 54, missed / (double)changed, 3);
    }

    [Property(MaxTest = 500)]
    public bool An_imo_number_is_read_back_from_each_way_of_writing_it(int seed)
    {
        var number = 1_000_000 + (int)(unchecked((uint)seed) % 9_000_000u);
        var right = ImoNumber.HasRightCheckDigit(number);
        return new[] { $"{number}", $"IMO{number}", $" imo {number} " }.All(t => ImoNumber.TryParse(t, out var imo) == right && (!right || imo.Number == number) && ImoNumber.Digits(t) == number);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("IMO")]
    [InlineData("907472")]
    [InlineData("90747290")]
    [InlineData("-9074729")]
    [InlineData("9074729x")]
    public void What_is_no_imo_number_is_refused(string? text) => Assert.False(ImoNumber.TryParse(text, out _));

    // ITU-R M.585-9, annex 1 (sections 1 to 4) and annex 2.
    [Theory]
    [InlineData(232_003_000, MmsiKind.Ship, 232)]
    [InlineData(775_999_999, MmsiKind.Ship, 775)]
    [InlineData(200_999_999, MmsiKind.Unassigned, null)]
    [InlineData(776_000_000, MmsiKind.Unassigned, null)]
    [InlineData(23_200_300, MmsiKind.Group, 232)]
    [InlineData(2_320_030, MmsiKind.CoastStation, 232)]
    [InlineData(111_232_506, MmsiKind.SarAircraft, 232)]
    [InlineData(992_351_000, MmsiKind.AidToNavigation, 235)]
    [InlineData(982_320_001, MmsiKind.CraftOfShip, 232)]
    [InlineData(823_200_001, MmsiKind.Handheld, 232)]
    [InlineData(970_123_456, MmsiKind.Distress, null)]
    [InlineData(972_123_456, MmsiKind.Distress, null)]
    [InlineData(974_123_456, MmsiKind.Distress, null)]
    [InlineData(971_123_456, MmsiKind.Unassigned, null)]
    [InlineData(0, MmsiKind.Unassigned, null)]
    [InlineData(999_999_999, MmsiKind.Unassigned, null)]
    [InlineData(123_456_789, MmsiKind.Unassigned, null)]
    public void The_form_of_an_mmsi_tells_its_station_and_its_mid(int number, MmsiKind kind, int? mid) =>
        Assert.Equal((kind, mid), (new Mmsi(number).Kind, new Mmsi(number).Mid?.Digits));

    [Property(MaxTest = 1000)]
    public bool An_mmsi_has_nine_digits_reads_back_without_its_zeros_and_has_a_mid_or_none_by_its_kind(int seed)
    {
        var mmsi = new Mmsi((int)(unchecked((uint)seed) % 1_000_000_000u));
        var text = mmsi.ToString();
        return text.Length == 9 && Mmsi.Parse(text) == mmsi && Mmsi.Parse(mmsi.Number.ToString()) == mmsi
            && mmsi.Mid is null == mmsi.Kind is MmsiKind.Unassigned or MmsiKind.Distress
            && (mmsi.Mid is not { } mid || text.Contains(mid.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1000000000")]
    [InlineData("+23200300")]
    [InlineData("")]
    [InlineData("23200300a")]
    public void What_is_no_mmsi_is_refused(string text) => Assert.False(Mmsi.TryParse(text, out _));

    [Theory]
    [InlineData("3fab", "3FAB")]
    [InlineData(" V7-AB.91 ", "V7AB91")]
    [InlineData("9HMQ9", "9HMQ9")]
    public void A_call_sign_is_kept_in_one_spelling(string written, string kept) => Assert.Equal(kept, CallSign.Parse(written).Text);

    [Property(MaxTest = 500)]
    public bool Any_text_is_a_call_sign_of_three_to_seven_letters_and_digits_that_reads_back_or_none(string? text) =>
        !CallSign.TryParse(text, out var sign) || (sign.Text.Length is >= 3 and <= 7 && sign.Text.All(char.IsAsciiLetterOrDigit) && CallSign.Parse(sign.Text) == sign);

    [Theory]
    [InlineData("AB")]
    [InlineData("ABCDEFGH")]
    [InlineData("ÄBC")]
    [InlineData("A@B")]
    public void What_is_no_call_sign_is_refused(string text) => Assert.False(CallSign.TryParse(text, out _));

    [Fact]
    public void A_fact_id_is_the_same_for_the_same_instant_and_another_for_every_other_fact()
    {
        var at = new DateTimeOffset(2026, 3, 14, 6, 0, 0, TimeSpan.Zero);
        var id = FactId.Of("1", at, 1.5, null);
        Assert.Equal(id, FactId.Of("1", at.ToOffset(TimeSpan.FromHours(2)), 1.5, null));
        Assert.Matches("^[0-9a-f]{16}$", id);
        Assert.DoesNotContain(id, new[] { FactId.Of("1", at.AddMilliseconds(1), 1.5, null), FactId.Of("1", at, 1.5), FactId.Of("1", at, null, 1.5), FactId.Of("1", at, 1.50001, null) });
        // A stored id outlives a release: the form must never change.
        Assert.Equal("87428fc522803d31", FactId.Of("a"));
    }
}
