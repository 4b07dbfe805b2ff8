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
    private readonly ulong _seed;
    private ulong _stream;
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

    /// <summary>Goes to a place of a stream of the same seed.</summary>
    /// <param name="stream">Which of the seed's streams is drawn from.</param>
    /// <param name="block">How many blocks of four words stand before the place.</param>
    public void Restart(ulong stream, ulong block)
    {
        _stream = stream;
        _counter = block;
        _used = 4;
    }

    /// <summary>The four words at a counter, whose words are given from the least significant on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PhiloxWords Block(uint counter0, uint counter1, uint counter2, uint counter3, ulong seed)
    {
        PhiloxLane word0 = new(counter0), word1 = new(counter1), word2 = new(counter2), word3 = new(counter3);
        Mix(ref word0, ref word1, ref word2, ref word3, seed);
        return new PhiloxWords(word0.Value, word1.Value, word2.Value, word3.Value);
    }

    /// <summary>Turns the four words of some counters into the random words at these counters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Mix<TLanes>(ref TLanes word0, ref TLanes word1, ref TLanes word2, ref TLanes word3, ulong seed)
        where TLanes : struct, IPhiloxLanes<TLanes>
    {
        const uint FirstMultiplier = 0xD2511F53;
        const uint SecondMultiplier = 0xCD9E8D57;
        const uint FirstWeyl = 0x9E3779B9;
        const uint SecondWeyl = 0xBB67AE85;
        const int Rounds = 10;
        uint key0 = (uint)seed;
        uint key1 = (uint)(seed >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            TLanes.Multiply(word0, FirstMultiplier, out TLanes high0, out TLanes low0);
            TLanes.Multiply(word2, SecondMultiplier, out TLanes high2, out TLanes low2);
            word0 = high2 ^ word1 ^ TLanes.Broadcast(key0);
            word1 = low2;
            word2 = high0 ^ word3 ^ TLanes.Broadcast(key1);
            word3 = low0;
            key0 += FirstWeyl;
            key1 += SecondWeyl;
        }
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

/// <summary>The four random words that Philox gives for one counter.</summary>
[InlineArray(4)]
internal struct PhiloxWords
{
    private uint _word;

    public PhiloxWords(uint first, uint second, uint third, uint fourth)
    {
        this[0] = first;
        this[1] = second;
        this[2] = third;
        this[3] = fourth;
    }
}
