using System.Diagnostics.CodeAnalysis;

namespace MaritimeWatch.Units;

/// <summary>
/// Radio call sign: its first two characters come from a series allocated to an administration
/// (ITU Radio Regulations, article 19 and appendix 42). Kept in upper case without spaces; 3 to 7 letters and digits.
/// </summary>
public readonly record struct CallSign
{
    private readonly string? text;

    private CallSign(string text) => this.text = text;

    /// <summary>Upper-case letters and digits.</summary>
    public string Text => text ?? "";

    /// <summary>Reads a call sign; spaces, dots and hyphens are dropped, as registers write them in many ways.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, out CallSign callSign)
    {
        callSign = default;
        if (value is null)
        {
            return false;
        }

        Span<char> kept = stackalloc char[8];
        var length = 0;
        foreach (var c in value)
        {
            if (c is ' ' or '-' or '.' or '/')
            {
                continue;
            }

            if (!char.IsAsciiLetterOrDigit(c) || length == 7)
            {
                return false;
            }

            kept[length++] = char.ToUpperInvariant(c);
        }

        if (length < 3)
        {
            return false;
        }

        callSign = new CallSign(new string(kept[..length]));
        return true;
    }

    /// <exception cref="FormatException">Not 3 to 7 letters and digits.</exception>
    public static CallSign Parse(string text) => TryParse(text, out var callSign)
        ? callSign
        : throw new FormatException($"A call sign has 3 to 7 letters and digits; found '{text}'.");

    public override string ToString() => Text;
}
