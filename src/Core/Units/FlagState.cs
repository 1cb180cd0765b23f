using System.Diagnostics.CodeAnalysis;

namespace MaritimeWatch.Units;

/// <summary>
/// The State or territory whose flag a ship flies, as ISO 3166-1 alpha-2. Always say where it comes from:
/// a register, or only the MID of an MMSI.
/// </summary>
public readonly record struct FlagState
{
    private readonly string? code;

    private FlagState(string code) => this.code = code;

    /// <summary>Two upper-case letters.</summary>
    public string Code => code ?? "";

    public static bool TryParse([NotNullWhen(true)] string? text, out FlagState flag)
    {
        flag = default;
        var trimmed = text?.Trim();
        if (trimmed is not { Length: 2 } || !char.IsAsciiLetter(trimmed[0]) || !char.IsAsciiLetter(trimmed[1]))
        {
            return false;
        }

        flag = new FlagState(trimmed.ToUpperInvariant());
        return true;
    }

    /// <exception cref="FormatException">Not two letters.</exception>
    public static FlagState Parse(string text) => TryParse(text, out var flag)
        ? flag
        : throw new FormatException($"A flag State is two letters of ISO 3166-1; found '{text}'.");

    public override string ToString() => Code;
}
