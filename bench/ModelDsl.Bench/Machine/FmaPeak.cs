using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Benchmarks.Bench.Machine;

/// <summary>
/// acc ← x·y + acc in registers only: the most multiplications and additions that the machine can do.
/// </summary>
/// <remarks>
/// Twelve accumulators hide the latency of the instruction (4 cycles on two units needs eight) and fit, with the two
/// factors, the sixteen registers of AVX2.
/// </remarks>
internal static class FmaPeak
{
    private const int Accumulators = 12;

    /// <summary>The widths in bits that the machine has in hardware.</summary>
    public static IEnumerable<int> Widths
    {
        get
        {
            if (Vector512.IsHardwareAccelerated)
            {
                yield return 512;
            }

            if (Vector256.IsHardwareAccelerated)
            {
                yield return 256;
            }

            yield return 128;
        }
    }

    /// <summary>The floating-point operations of one call.</summary>
    public static double Operations(int width, long iterations) => 2.0 * Accumulators * (width / 32) * iterations;

    /// <summary>Runs the loop with vectors of the given width.</summary>
    public static float Run(int width, long iterations) => width switch
    {
        512 => Run512(iterations, 1e-9f, 1e-9f),
        256 => Run256(iterations, 1e-9f, 1e-9f),
        128 => Run128(iterations, 1e-9f, 1e-9f),
        _ => throw new ArgumentOutOfRangeException(nameof(width), width, "expected 128, 256 or 512"),
    };

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static float Run512(long iterations, float left, float right)
    {
        Vector512<float> x = Vector512.Create(left), y = Vector512.Create(right);
        Vector512<float> a = default, b = a, c = a, d = a, e = a, f = a, g = a, h = a, i = a, j = a, k = a, l = a;
        for (long n = 0; n < iterations; n++)
        {
            a = Vector512.FusedMultiplyAdd(x, y, a);
            b = Vector512.FusedMultiplyAdd(x, y, b);
            c = Vector512.FusedMultiplyAdd(x, y, c);
            d = Vector512.FusedMultiplyAdd(x, y, d);
            e = Vector512.FusedMultiplyAdd(x, y, e);
            f = Vector512.FusedMultiplyAdd(x, y, f);
            g = Vector512.FusedMultiplyAdd(x, y, g);
            h = Vector512.FusedMultiplyAdd(x, y, h);
            i = Vector512.FusedMultiplyAdd(x, y, i);
            j = Vector512.FusedMultiplyAdd(x, y, j);
            k = Vector512.FusedMultiplyAdd(x, y, k);
            l = Vector512.FusedMultiplyAdd(x, y, l);
        }

        return Vector512.Sum(a + b + c + d + e + f + (g + h + i + j + k + l));
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static float Run256(long iterations, float left, float right)
    {
        Vector256<float> x = Vector256.Create(left), y = Vector256.Create(right);
        Vector256<float> a = default, b = a, c = a, d = a, e = a, f = a, g = a, h = a, i = a, j = a, k = a, l = a;
        for (long n = 0; n < iterations; n++)
        {
            a = Vector256.FusedMultiplyAdd(x, y, a);
            b = Vector256.FusedMultiplyAdd(x, y, b);
            c = Vector256.FusedMultiplyAdd(x, y, c);
            d = Vector256.FusedMultiplyAdd(x, y, d);
            e = Vector256.FusedMultiplyAdd(x, y, e);
            f = Vector256.FusedMultiplyAdd(x, y, f);
            g = Vector256.FusedMultiplyAdd(x, y, g);
            h = Vector256.FusedMultiplyAdd(x, y, h);
            i = Vector256.FusedMultiplyAdd(x, y, i);
            j = Vector256.FusedMultiplyAdd(x, y, j);
            k = Vector256.FusedMultiplyAdd(x, y, k);
            l = Vector256.FusedMultiplyAdd(x, y, l);
        }

        return Vector256.Sum(a + b + c + d + e + f + (g + h + i + j + k + l));
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static float Run128(long iterations, float left, float right)
    {
        Vector128<float> x = Vector128.Create(left), y = Vector128.Create(right);
        Vector128<float> a = default, b = a, c = a, d = a, e = a, f = a, g = a, h = a, i = a, j = a, k = a, l = a;
        for (long n = 0; n < iterations; n++)
        {
            a = Vector128.FusedMultiplyAdd(x, y, a);
            b = Vector128.FusedMultiplyAdd(x, y, b);
            c = Vector128.FusedMultiplyAdd(x, y, c);
            d = Vector128.FusedMultiplyAdd(x, y, d);
            e = Vector128.FusedMultiplyAdd(x, y, e);
            f = Vector128.FusedMultiplyAdd(x, y, f);
            g = Vector128.FusedMultiplyAdd(x, y, g);
            h = Vector128.FusedMultiplyAdd(x, y, h);
            i = Vector128.FusedMultiplyAdd(x, y, i);
            j = Vector128.FusedMultiplyAdd(x, y, j);
            k = Vector128.FusedMultiplyAdd(x, y, k);
            l = Vector128.FusedMultiplyAdd(x, y, l);
        }

        return Vector128.Sum(a + b + c + d + e + f + (g + h + i + j + k + l));
    }
}
