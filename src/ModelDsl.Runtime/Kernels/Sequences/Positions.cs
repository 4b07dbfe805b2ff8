using System.Collections.Concurrent;

namespace ModelDsl.CompilerServices;

/// <summary>Tables of sines and cosines that tell steps apart. Computed once for each size, in double precision, and kept.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Positions
{
    private const double SinusoidalBase = 10000;

    private static readonly ConcurrentDictionary<(int Steps, int Width), AlignedMemory> Waves = new();
    private static readonly ConcurrentDictionary<(int Steps, int Half, float Base), AlignedMemory> Turns = new();

    /// <summary>
    /// waves[step, 2i] = sin(step / 10000^(2i / width)), waves[step, 2i + 1] = cos(the same). Vaswani et al. (2017).
    /// </summary>
    /// <param name="steps">The number of steps.</param>
    /// <param name="width">The features of a step.</param>
    /// <returns>[steps, width], to be read only; it lives as long as the process.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    public static FloatSpan Sinusoidal(int steps, int width)
    {
        if (!Waves.TryGetValue((steps, width), out AlignedMemory? table))
        {
            ArgumentOutOfRangeException.ThrowIfNegative(steps);
            ArgumentOutOfRangeException.ThrowIfNegative(width);
            table = Waves.GetOrAdd((steps, width), static size => CreateWaves(size.Steps, size.Width));
        }

        return table.FloatSpan;
    }

    /// <summary>
    /// For each step the cosines, then the sines, of the angles step·base^(-i / half), by which rotary positions turn pairs.
    /// </summary>
    /// <returns>[steps, 2·half].</returns>
    internal static FloatSpan Rotary(int steps, int half, float rotaryBase) =>
        Turns.TryGetValue((steps, half, rotaryBase), out AlignedMemory? table)
            ? table.FloatSpan
            : Turns.GetOrAdd((steps, half, rotaryBase), static size => CreateTurns(size.Steps, size.Half, size.Base)).FloatSpan;

    private static AlignedMemory CreateWaves(int steps, int width)
    {
        var table = new AlignedMemory(checked(steps * width));
        for (int step = 0; step < steps; step++)
        {
            Span<float> row = table.Span.Slice(step * width, width);
            for (int i = 0; i < width; i++)
            {
                double angle = step / Math.Pow(SinusoidalBase, (double)(i - (i % 2)) / width);
                row[i] = (float)(i % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle));
            }
        }

        return table;
    }

    private static AlignedMemory CreateTurns(int steps, int half, float rotaryBase)
    {
        var table = new AlignedMemory(checked(steps * 2 * half));
        for (int step = 0; step < steps; step++)
        {
            Span<float> row = table.Span.Slice(step * 2 * half, 2 * half);
            for (int i = 0; i < half; i++)
            {
                (double sin, double cos) = Math.SinCos(step * Math.Pow(rotaryBase, -(double)i / half));
                (row[i], row[half + i]) = ((float)cos, (float)sin);
            }
        }

        return table;
    }
}
