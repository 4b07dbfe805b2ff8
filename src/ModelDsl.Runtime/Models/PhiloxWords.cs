namespace ModelDsl;

/// <summary>
/// Philox4x32-10: 128 random bits as a pure function of a 64-bit key and a 128-bit counter. Salmon et al. (2011),
/// "Parallel Random Numbers: As Easy as 1, 2, 3".
/// </summary>
internal static class PhiloxWords
{
    private const int Rounds = 10;

    /// <summary>Fills <paramref name="random"/> with the four words of one block.</summary>
    /// <param name="key">The seed.</param>
    /// <param name="block">The block's number within its stream.</param>
    /// <param name="stream">The stream within its purpose.</param>
    /// <param name="purpose">What the numbers are for: keeps the streams of two uses of one seed apart.</param>
    /// <param name="random">Four words.</param>
    public static void Draw(ulong key, ulong block, uint stream, uint purpose, Span<uint> random)
    {
        (uint c0, uint c1, uint c2, uint c3) = ((uint)block, (uint)(block >> 32), stream, purpose);
        (uint k0, uint k1) = ((uint)key, (uint)(key >> 32));
        for (int round = 0; round < Rounds; round++)
        {
            ulong p0 = (ulong)0xD2511F53 * c0;
            ulong p1 = (ulong)0xCD9E8D57 * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }

        random[0] = c0;
        random[1] = c1;
        random[2] = c2;
        random[3] = c3;
    }
}
