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
        var work = new PackWork(weight.Pointer, packed.Pointer, rows, units, turned: true);
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
        var work = new PackWork(weight.Pointer, packed.Pointer, rows, units, turned: false);
        VectorWidth.Run(ref work);
    }

    /// <param name="weight">[rows, units].</param>
    /// <param name="packed">Where its panels go.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="units">The columns.</param>
    /// <param name="turned">Whether the rows are the lanes of the panels; otherwise the columns are.</param>
    private readonly struct PackWork(float* weight, float* packed, int rows, int units, bool turned) : IVectorWork
    {
        public void Invoke<TVector>()
            where TVector : struct, ISimdVector<TVector>
        {
            int width = 2 * TVector.Count;
            (int lanes, int depth) = turned ? (rows, units) : (units, rows);
            for (int lane = 0; lane < lanes; lane += width)
            {
                int count = Math.Min(width, lanes - lane);
                float* panel = packed + ((nint)lane * depth);
                if (turned)
                {
                    Packing.Turn<TVector>(weight + ((nint)lane * units), units, count, units, panel, width);
                }
                else
                {
                    Packing.CopyRows<TVector>(weight + lane, units, rows, count, panel, width);
                }
            }
        }
    }
}
