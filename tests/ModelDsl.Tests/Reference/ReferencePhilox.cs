namespace ModelDsl.Tests.Reference;

/// <summary>Philox4x32-10 as the paper writes it: Salmon, Moraes, Dror and Shaw (SC11).</summary>
internal static class ReferencePhilox
{
    /// <summary>The four random words for a counter of four words, least significant first.</summary>
    public static uint[] Block(uint[] counter, ulong key)
    {
        ulong left = key & 0xFFFFFFFF, right = key >> 32;
        uint[] words = counter;
        for (int round = 0; round < 10; round++)
        {
            ulong first = words[0] * 0xD2511F53UL, second = words[2] * 0xCD9E8D57UL;
            words =
            [
                (uint)(second >> 32) ^ words[1] ^ (uint)left,
                (uint)second,
                (uint)(first >> 32) ^ words[3] ^ (uint)right,
                (uint)first,
            ];
            left = (left + 0x9E3779B9) & 0xFFFFFFFF;
            right = (right + 0xBB67AE85) & 0xFFFFFFFF;
        }

        return words;
    }
}
