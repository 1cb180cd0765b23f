using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MaritimeWatch.Units;

/// <summary>
/// IMO ship identification number: seven digits, the last a check digit; it stays with the hull from keel to scrap
/// (IMO A.1117(30)). A right check digit is weak evidence: one random number in ten has it.
/// </summary>
public readonly record struct ImoNumber
{
    /// <summary>The number, 1,000,000 to 9,999,999.</summary>
    public int Number { get; }

    private ImoNumber(int number) => Number = number;

    /// <summary>True for 1234567, which has a right check digit and is typed where a number is asked for and none is known.</summary>
    public bool IsPlaceholder => Number == 1_234_567;

    /// <summary>Gives the number, or null when it has not seven digits or its check digit is wrong.</summary>
    public static ImoNumber? From(int number) => HasRightCheckDigit(number) ? new ImoNumber(number) : null;

    /// <summary>True when 7a+6b+5c+4d+3e+2f ends in the seventh digit (IMO A.1117(30), annex).</summary>
    public static bool HasRightCheckDigit(int number)
    {
        if (number is < 1_000_000 or > 9_999_999)
        {
            return false;
        }

        var sum = 0;
        for (int weight = 2, rest = number / 10; weight <= 7; weight++, rest /= 10)
        {
            sum += weight * (rest % 10);
        }

        return sum % 10 == number % 10;
    }

    /// <summary>Reads <c>9074729</c>, <c>IMO9074729</c> and <c>IMO 9074729</c>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ImoNumber imo)
    {
        imo = default;
        if (Digits(text) is not { } number || From(number) is not { } valid)
        {
            return false;
        }

        imo = valid;
        return true;
    }

    /// <summary>The digits as stated, with or without a right check digit; null when the text is not a number.</summary>
    public static int? Digits(string? text)
    {
        var rest = text.AsSpan().Trim();
        if (rest.StartsWith("IMO", StringComparison.OrdinalIgnoreCase))
        {
            rest = rest[3..].Trim();
        }

        return int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <exception cref="FormatException">Not seven digits with a right check digit.</exception>
    public static ImoNumber Parse(string text) => TryParse(text, out var imo)
        ? imo
        : throw new FormatException($"An IMO number has seven digits and a check digit; found '{text}'.");

    public override string ToString() => Number.ToString("0000000", CultureInfo.InvariantCulture);
}
