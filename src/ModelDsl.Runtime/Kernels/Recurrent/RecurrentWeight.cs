namespace ModelDsl.Kernels;

/// <summary>
/// Lays a recurrent weight out for the products of all steps: panels of two vectors' width, one after the other, each row
/// after row.
/// </summary>
/// <remarks>
/// Every step multiplies by the same weight, so it is copied once for all of them. Limited by how fast the weight comes from
/// memory.
/// </remarks>
public static unsafe class RecurrentWeight
{
    /// <summary>What the width of working memory for products is a multiple of: the widest panel.</summary>
    internal const int Grain = 32;

    /// <summary>The weight for the forward pass: panels of [units, gates·units].</summary>
    /// <param name="weight">[rows, units], with as many rows as all gates have units.</param>
    /// <param name="packed">Where it goes: rows, rounded up to a multiple of 32, times units.</param>
    /// <param name="rows">The number of rows; positive.</param>
    /// <param name="units">The number of units; positive.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void PackForward(FloatSpan weight, FloatSpan packed, int rows, int units)
    {
        Guard.Matrix(weight, rows, units);
        Guard.Matrix(packed, BlockSizes.RoundUp(rows, Grain), units);
        if (SimdVector512.IsHardwareAccelerated)
        {
            Turn<SimdVector512>(weight.Pointer, packed.Pointer, rows, units);
        }
        else if (SimdVector256.IsHardwareAccelerated)
        {
            Turn<SimdVector256>(weight.Pointer, packed.Pointer, rows, units);
        }
        else if (SimdVector128.IsHardwareAccelerated)
        {
            Turn<SimdVector128>(weight.Pointer, packed.Pointer, rows, units);
        }
        else
        {
            Turn<SimdScalar>(weight.Pointer, packed.Pointer, rows, units);
        }
    }

    /// <summary>The weight for the backward pass: panels of [gates·units, units].</summary>
    /// <param name="weight">[rows, units], with as many rows as all gates have units.</param>
    /// <param name="packed">Where it goes: rows times units, rounded up to a multiple of 32.</param>
    /// <param name="rows">The number of rows; positive.</param>
    /// <param name="units">The number of units; positive.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void PackBackward(FloatSpan weight, FloatSpan packed, int rows, int units)
    {
        Guard.Matrix(weight, rows, units);
        Guard.Matrix(packed, rows, BlockSizes.RoundUp(units, Grain));
        if (SimdVector512.IsHardwareAccelerated)
        {
            Copy<SimdVector512>(weight.Pointer, packed.Pointer, rows, units);
        }
        else if (SimdVector256.IsHardwareAccelerated)
        {
            Copy<SimdVector256>(weight.Pointer, packed.Pointer, rows, units);
        }
        else if (SimdVector128.IsHardwareAccelerated)
        {
            Copy<SimdVector128>(weight.Pointer, packed.Pointer, rows, units);
        }
        else
        {
            Copy<SimdScalar>(weight.Pointer, packed.Pointer, rows, units);
        }
    }

    private static void Turn<TVector>(float* weight, float* packed, int rows, int units)
        where TVector : struct, ISimdVector<TVector>
    {
        int width = 2 * TVector.Count;
        for (int row = 0; row < rows; row += width)
        {
            Packing.Turn<TVector>(
                weight + ((nint)row * units), units, Math.Min(width, rows - row), units, packed + ((nint)row * units), width);
        }
    }

    private static void Copy<TVector>(float* weight, float* packed, int rows, int units)
        where TVector : struct, ISimdVector<TVector>
    {
        int width = 2 * TVector.Count;
        for (int unit = 0; unit < units; unit += width)
        {
            Packing.CopyRows<TVector>(
                weight + unit, units, rows, Math.Min(width, units - unit), packed + ((nint)unit * rows), width);
        }
    }
}
