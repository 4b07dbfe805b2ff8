namespace ModelDsl;

/// <summary>Random orders that are a pure function of a seed and a number.</summary>
internal static class Shuffling
{
    /// <summary>The order that splits a set in two; epochs count from 1.</summary>
    public const int Split = 0;

    // Keeps these draws apart from those of other uses of the same seed: "SHUF".
    private const uint Purpose = 0x53485546;

    /// <summary>
    /// Fills <paramref name="order"/> with a random permutation of 0, 1, ... length - 1: Fisher and Yates, with random
    /// numbers of Philox. All permutations are equally likely: numbers that would favour low positions are drawn anew
    /// (Lemire 2019, "Fast Random Integer Generation in an Interval").
    /// </summary>
    /// <param name="order">Receives the permutation.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="number">Which of the seed's orders: an epoch's number, or <see cref="Split"/>.</param>
    public static void Permute(Span<int> order, ulong seed, int number)
    {
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Span<uint> random = stackalloc uint[4];
        ulong drawn = 0;
        for (int remaining = order.Length; remaining > 1; remaining--)
        {
            uint limit = (uint)remaining;
            uint threshold = (0u - limit) % limit;
            ulong product;
            do
            {
                if (drawn % 4 == 0)
                {
                    PhiloxWords.Draw(seed, drawn / 4, (uint)number, Purpose, random);
                }

                product = (ulong)random[(int)(drawn % 4)] * limit;
                drawn++;
            }
            while ((uint)product < threshold);

            int chosen = (int)(product >> 32);
            (order[chosen], order[remaining - 1]) = (order[remaining - 1], order[chosen]);
        }
    }
}
