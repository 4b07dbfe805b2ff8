using System.Runtime.CompilerServices;

namespace ModelDsl;

/// <summary>
/// The counter-based random number generator Philox4x32-10: random words are a pure function of a key (the seed) and a
/// counter. Salmon, Moraes, Dror and Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3" (SC11).
/// </summary>
/// <remarks>
/// As an object it draws the words of one stream in order; a seed has 2⁶⁴ streams that do not overlap. Not for
/// cryptography.
/// </remarks>
internal sealed class Philox
{
    internal const uint FirstMultiplier = 0xD2511F53;
    internal const uint SecondMultiplier = 0xCD9E8D57;
    internal const uint FirstWeyl = 0x9E3779B9;
    internal const uint SecondWeyl = 0xBB67AE85;
    internal const int Rounds = 10;

    private readonly ulong _seed;
    private readonly ulong _stream;
    private ulong _counter;
    private PhiloxWords _block;
    private int _used = 4;

    /// <summary>Starts at the first word of a stream.</summary>
    /// <param name="seed">The key.</param>
    /// <param name="stream">The upper half of the counter: which of the seed's streams is drawn from.</param>
    public Philox(ulong seed, ulong stream = 0)
    {
        _seed = seed;
        _stream = stream;
    }

    /// <summary>The four words at a counter, whose words are given from the least significant on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PhiloxWords Block(uint counter0, uint counter1, uint counter2, uint counter3, ulong seed)
    {
        uint key0 = (uint)seed;
        uint key1 = (uint)(seed >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            ulong first = (ulong)FirstMultiplier * counter0;
            ulong second = (ulong)SecondMultiplier * counter2;
            counter0 = (uint)(second >> 32) ^ counter1 ^ key0;
            counter1 = (uint)second;
            counter2 = (uint)(first >> 32) ^ counter3 ^ key1;
            counter3 = (uint)first;
            key0 += FirstWeyl;
            key1 += SecondWeyl;
        }

        return new PhiloxWords(counter0, counter1, counter2, counter3);
    }

    /// <summary>The next word: all 2³² values are equally likely.</summary>
    public uint NextUInt32()
    {
        if (_used == 4)
        {
            _block = NextBlock();
            _used = 0;
        }

        return _block[_used++];
    }

    /// <summary>A multiple of 2⁻²⁴ in [0, 1).</summary>
    public float NextSingle() => ToSingle(NextUInt32());

    /// <summary>An integer in [0, maxExclusive), all equally likely. Lemire (2019).</summary>
    /// <param name="maxExclusive">The bound; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not positive.</exception>
    public int NextInt32(int maxExclusive)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxExclusive);
        uint bound = (uint)maxExclusive;
        ulong product = (ulong)NextUInt32() * bound;
        if ((uint)product < bound)
        {
            uint rejected = (0u - bound) % bound;
            while ((uint)product < rejected)
            {
                product = (ulong)NextUInt32() * bound;
            }
        }

        return (int)(product >> 32);
    }

    /// <summary>Fills with values that are uniform in [low, high).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void FillUniform(Span<float> destination, float low, float high)
    {
        float range = high - low;
        int i = 0;
        for (; i < destination.Length && _used < 4; i++)
        {
            destination[i] = low + (range * NextSingle());
        }

        // Whole blocks depend on nothing but their counters, so the processor works on several at once.
        for (; i <= destination.Length - 4; i += 4)
        {
            PhiloxWords words = NextBlock();
            destination[i] = low + (range * ToSingle(words[0]));
            destination[i + 1] = low + (range * ToSingle(words[1]));
            destination[i + 2] = low + (range * ToSingle(words[2]));
            destination[i + 3] = low + (range * ToSingle(words[3]));
        }

        for (; i < destination.Length; i++)
        {
            destination[i] = low + (range * NextSingle());
        }
    }

    /// <summary>Fills with normally distributed values, in pairs. Box and Muller (1958).</summary>
    public void FillNormal(Span<float> destination, float mean, float standardDeviation)
    {
        for (int i = 0; i < destination.Length; i += 2)
        {
            // The radius takes a uniform number in (0, 1], whose logarithm exists.
            double radius = Math.Sqrt(-2.0 * Math.Log((NextUInt32() + 1.0) * (1.0 / 4294967296.0)));
            (double sine, double cosine) = Math.SinCos(NextUInt32() * (2.0 * Math.PI / 4294967296.0));
            destination[i] = (float)(mean + (standardDeviation * radius * cosine));
            if (i + 1 < destination.Length)
            {
                destination[i + 1] = (float)(mean + (standardDeviation * radius * sine));
            }
        }
    }

    /// <summary>Puts the items into a random order, all orders equally likely. Fisher and Yates.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = NextInt32(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static float ToSingle(uint word) => (word >> 8) * (1f / (1 << 24));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private PhiloxWords NextBlock()
    {
        PhiloxWords words = Block(
            (uint)_counter, (uint)(_counter >> 32), (uint)_stream, (uint)(_stream >> 32), _seed);
        _counter++;
        return words;
    }
}
