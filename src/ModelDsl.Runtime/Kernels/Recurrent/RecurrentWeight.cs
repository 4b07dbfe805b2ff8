namespace ModelDsl.CompilerServices;

/// <summary>
/// Lays a recurrent weight out for the products of all steps: panels of two vectors' width, one after the other, each row
/// after row.
/// </summary>
/// <remarks>
/// Every step multiplies by the same weight, so it is copied once for all of them. Limited by how fast the weight comes from
/// memory.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class RecurrentWeight
{
    /// <summary>What the width of working memory for products is a multiple of: the widest panel.</summary>
    internal const int Grain = KernelContract.RecurrentGrain;

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
        var work = new TurnWork(weight.Pointer, packed.Pointer, rows, units);
        VectorWidth.Run(ref work);
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
        var work = new CopyWork(weight.Pointer, packed.Pointer, rows, units);
        VectorWidth.Run(ref work);
    }

    private readonly struct TurnWork(float* weight, float* packed, int rows, int units) : IVectorWork
    {
        public void Invoke<TVector>()
            where TVector : struct, ISimdVector<TVector>
        {
            int width = 2 * TVector.Count;
            for (int row = 0; row < rows; row += width)
            {
                Packing.Turn<TVector>(
                    weight + ((nint)row * units), units, Math.Min(width, rows - row), units,
                    packed + ((nint)row * units), width);
            }
        }
    }

    private readonly struct CopyWork(float* weight, float* packed, int rows, int units) : IVectorWork
    {
        public void Invoke<TVector>()
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
}
