using System.Runtime.Intrinsics.X86;

namespace ModelDsl.Kernels;

/// <summary>The sizes of blocks, from those of the caches.</summary>
internal static class BlockSizes
{
    /// <summary>
    /// The largest number of steps between two visits to C. It is a constant, because it decides the order of the sums:
    /// results must not depend on the machine's caches. A panel of 1024 steps takes 128 KiB of the second-level cache.
    /// </summary>
    public const int MaxDepth = 1024;

    /// <summary>The floats that half of a core's second-level cache holds.</summary>
    public static readonly int HalfCache = SecondLevelCache() / 2 / sizeof(float);

    /// <summary>Divides <paramref name="depth"/> steps into equal blocks of at most <paramref name="most"/>.</summary>
    public static int DepthBlock(int depth, int most = MaxDepth)
    {
        int blocks = Math.Max(1, (depth + most - 1) / most);
        return Math.Max(1, RoundUp((depth + blocks - 1) / blocks, 16));
    }

    public static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;

    /// <summary>The bytes of a core's second-level cache, or half a mebibyte where the processor does not say.</summary>
    private static int SecondLevelCache()
    {
        const int Unknown = 512 * 1024;
        if (!X86Base.IsSupported)
        {
            return Unknown;
        }

        // Intel describes its caches in leaf 4, AMD in leaf 8000001D, in the same format.
        int extended = X86Base.CpuId(unchecked((int)0x80000000), 0).Eax;
        int leaf = (uint)extended >= 0x8000001D && X86Base.CpuId(unchecked((int)0x8000001D), 0).Eax != 0
            ? unchecked((int)0x8000001D)
            : 4;
        if (leaf == 4 && X86Base.CpuId(0, 0).Eax < 4)
        {
            return Unknown;
        }

        for (int index = 0; index < 8; index++)
        {
            (int kind, int layout, int sets, _) = X86Base.CpuId(leaf, index);
            if ((kind & 31) == 0)
            {
                break;
            }

            if (((kind >> 5) & 7) == 2)
            {
                int lineSize = (layout & 0xFFF) + 1;
                int partitions = ((layout >> 12) & 0x3FF) + 1;
                int ways = ((layout >> 22) & 0x3FF) + 1;
                long size = (long)lineSize * partitions * ways * ((long)sets + 1);
                return (int)Math.Clamp(size, 128 * 1024, 8 * 1024 * 1024);
            }
        }

        return Unknown;
    }
}
