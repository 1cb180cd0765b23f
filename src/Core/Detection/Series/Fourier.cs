using System.Numerics;

namespace MaritimeWatch.Detection.Series;

/// <summary>
/// Discrete Fourier transform of any length in O(n log n): powers of two by halving, all others as a convolution with a chirp
/// (Bluestein 1970, doi:10.1109/TAU.1970.1162132).
/// </summary>
internal static class Fourier
{
    public static Complex[] Forward(ReadOnlySpan<double> values)
    {
        var bins = new Complex[values.Length];
        for (var i = 0; i < bins.Length; i++)
        {
            bins[i] = values[i];
        }

        return Transform(bins);
    }

    /// <summary>The inverse, divided by the length, so that it undoes <see cref="Forward"/>.</summary>
    public static Complex[] Inverse(ReadOnlySpan<Complex> bins)
    {
        var mirrored = new Complex[bins.Length];
        for (var i = 0; i < bins.Length; i++)
        {
            mirrored[i] = Complex.Conjugate(bins[i]);
        }

        var values = Transform(mirrored);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Complex.Conjugate(values[i]) / values.Length;
        }

        return values;
    }

    private static Complex[] Transform(Complex[] data)
    {
        if (BitOperations.IsPow2(data.Length))
        {
            Halve(data);
            return data;
        }

        return Chirp(data);
    }

    private static Complex[] Chirp(Complex[] data)
    {
        var n = data.Length;
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)(2 * n));
        Complex[] chirp = new Complex[n], signal = new Complex[size], kernel = new Complex[size];
        for (var i = 0; i < n; i++)
        {
            // The square is taken modulo the turn first: of a large angle the sine would lose digits.
            chirp[i] = Turn(-Math.PI * ((long)i * i % (2L * n)) / n);
            signal[i] = data[i] * chirp[i];
            kernel[i] = Complex.Conjugate(chirp[i]);
            kernel[(size - i) % size] = kernel[i];
        }

        Halve(signal);
        Halve(kernel);
        for (var i = 0; i < size; i++)
        {
            signal[i] *= kernel[i];
        }

        var folded = Inverse(signal);
        for (var i = 0; i < n; i++)
        {
            chirp[i] *= folded[i];
        }

        return chirp;
    }

    private static void Halve(Complex[] data)
    {
        var n = data.Length;
        for (int i = 1, j = 0; i < n; i++)
        {
            var bit = n >> 1;
            for (; (j & bit) != 0; bit >>= 1)
            {
                j ^= bit;
            }

            j ^= bit;
            if (i < j)
            {
                (data[i], data[j]) = (data[j], data[i]);
            }
        }

        var turns = new Complex[n / 2];
        for (var i = 0; i < turns.Length; i++)
        {
            turns[i] = Turn(-2 * Math.PI * i / n);
        }

        for (var half = 1; half < n; half *= 2)
        {
            for (var start = 0; start < n; start += 2 * half)
            {
                for (var i = 0; i < half; i++)
                {
                    var odd = data[start + half + i] * turns[i * (n / (2 * half))];
                    data[start + half + i] = data[start + i] - odd;
                    data[start + i] += odd;
                }
            }
        }
    }

    private static Complex Turn(double angle)
    {
        var (sine, cosine) = Math.SinCos(angle);
        return new Complex(cosine, sine);
    }
}
