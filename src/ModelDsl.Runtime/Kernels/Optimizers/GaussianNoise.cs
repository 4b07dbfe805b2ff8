namespace ModelDsl.Kernels;

/// <summary>Noise of a normal distribution, as a function of seed, stream and place.</summary>
/// <remarks>
/// Two neighbours share one block of Philox: 53 bits for the radius of Box and Muller (1958), which reaches 8.5
/// standard deviations, and 53 for the angle. Limited by logarithm, root, sine and cosine in double precision: some 40
/// ns for two values.
/// </remarks>
internal static unsafe class GaussianNoise
{
    // The pairs that pay for a thread's hand-over.
    private const int PerThread = 512;

    /// <summary>values[i] += deviation·z, with z of N(0, 1).</summary>
    /// <param name="values">The values.</param>
    /// <param name="place">The even number of the first of them, by which its noise is told from that of
    /// others.</param>
    /// <param name="deviation">The standard deviation, at least 0; with 0 nothing is done.</param>
    /// <param name="seed">Philox's key.</param>
    /// <param name="stream">The upper half of its counter.</param>
    public static void Add(FloatSpan values, int place, double deviation, ulong seed, ulong stream)
    {
        if (place % 2 != 0)
        {
            throw new ArgumentException(Invariant($"expected an even place, got {place}"), nameof(place));
        }

        if (deviation != 0)
        {
            var work = new NoiseWork(values.Pointer, values.Length, place / 2, deviation, seed, stream);
            RangeLoop<NoiseWork>.Run(work, (values.Length + 1) / 2, grain: 1, PerThread);
        }
    }

    private readonly struct NoiseWork(
        float* values, int length, int firstPair, double deviation, ulong seed, ulong stream) : IRangeKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Invoke<TVector>(int start, int end)
            where TVector : struct, ISimdVector<TVector>
        {
            for (int pair = start; pair < end; pair++)
            {
                PhiloxWords words = Philox.Block((uint)(firstPair + pair), 0, (uint)stream, (uint)(stream >> 32), seed);

                // The radius takes a uniform number in (0, 1], whose logarithm exists.
                double radius = deviation * Math.Sqrt(-2 * Math.Log(Fraction(words[0], words[1]) + (1.0 / (1L << 53))));
                (double sine, double cosine) = Math.SinCos(2 * Math.PI * Fraction(words[2], words[3]));
                int i = 2 * pair;
                values[i] = (float)(values[i] + (radius * cosine));
                if (i + 1 < length)
                {
                    values[i + 1] = (float)(values[i + 1] + (radius * sine));
                }
            }
        }

        // A multiple of 2⁻⁵³ in [0, 1).
        private static double Fraction(uint high, uint low) => ((((ulong)high << 32) | low) >> 11) * (1.0 / (1L << 53));
    }
}
