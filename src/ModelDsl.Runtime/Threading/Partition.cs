namespace ModelDsl.Threading;

/// <summary>Divides a range into parts of nearly equal length whose bounds are multiples of a grain.</summary>
internal static class Partition
{
    /// <summary>The bounds of a part: its first index and the one after its last. Parts may be empty.</summary>
    /// <param name="length">The length of the range.</param>
    /// <param name="parts">The number of parts.</param>
    /// <param name="part">Which of them.</param>
    /// <param name="grain">What the inner bounds are multiples of.</param>
    public static (int Start, int End) Part(int length, int parts, int part, int grain) =>
        (Bound(length, parts, part, grain), Bound(length, parts, part + 1, grain));

    /// <summary>The length of the longest part.</summary>
    public static int LargestPart(int length, int parts, int grain)
    {
        int largest = 0;
        for (int part = 0; part < parts; part++)
        {
            (int start, int end) = Part(length, parts, part, grain);
            largest = Math.Max(largest, end - start);
        }

        return largest;
    }

    private static int Bound(int length, int parts, int part, int grain)
    {
        long grains = (length + grain - 1) / grain;
        return (int)Math.Min(length, grains * part / parts * grain);
    }
}
