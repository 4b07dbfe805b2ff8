namespace ModelDsl.Kernels;

/// <summary>The places that steps along some dimensions lead to, in a source and in a destination.</summary>
/// <param name="extents">How often a step is taken, outermost first.</param>
/// <param name="sourceStrides">The steps in the source.</param>
/// <param name="destinationStrides">The steps in the destination.</param>
/// <param name="rank">The number of dimensions.</param>
internal readonly unsafe struct StridedPlace(int* extents, int* sourceStrides, int* destinationStrides, int rank)
{
    /// <summary>The number of places.</summary>
    public int Count { get; } = Product(extents, rank);

    /// <summary>The distances of the place of a number from the first.</summary>
    public (nint Source, nint Destination) At(int number)
    {
        nint source = 0, destination = 0;
        for (int dimension = rank - 1; dimension >= 0; dimension--)
        {
            (number, int index) = Math.DivRem(number, extents[dimension]);
            source += index * (nint)sourceStrides[dimension];
            destination += index * (nint)destinationStrides[dimension];
        }

        return (source, destination);
    }

    /// <summary>The distance from the first place to the last.</summary>
    /// <exception cref="ArgumentException">The lists are not equally long, or a number is out of range.</exception>
    public static long Reach(ReadOnlySpan<int> extents, ReadOnlySpan<int> strides)
    {
        if (extents.Length != strides.Length)
        {
            throw new ArgumentException(
                Invariant($"expected as many strides as extents, {extents.Length}, got {strides.Length}"));
        }

        Int128 reach = 0, count = 1;
        for (int i = 0; i < extents.Length; i++)
        {
            if (extents[i] < 1 || strides[i] < 0)
            {
                throw new ArgumentException(
                    Invariant($"expected extents above 0 and strides of at least 0, got {extents[i]} and {strides[i]}"));
            }

            reach += (Int128)(extents[i] - 1) * strides[i];
            count = Int128.Min(count * extents[i], long.MaxValue);
        }

        return reach <= int.MaxValue && count <= int.MaxValue
            ? (long)reach
            : throw new ArgumentException(Invariant($"expected at most {int.MaxValue} places, got {count} over {reach}"));
    }

    /// <summary>Checks that all places lie within an operand.</summary>
    /// <param name="operand">The operand.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="floats">The floats from one sample to the next.</param>
    /// <param name="start">The first place of a sample.</param>
    /// <param name="extents">The extents.</param>
    /// <param name="strides">The steps.</param>
    /// <param name="more">How far what is read reaches beyond each place.</param>
    /// <exception cref="ArgumentException">They do not.</exception>
    public static void Check(
        FloatSpan operand, int samples, int floats, int start,
        ReadOnlySpan<int> extents, ReadOnlySpan<int> strides, long more = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        ArgumentOutOfRangeException.ThrowIfNegative(floats);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        long last = start + Reach(extents, strides) + more + ((samples - 1L) * floats);
        if (samples > 0 && last >= operand.Length)
        {
            throw new ArgumentException(Invariant($"expected more than {last} values, got {operand.Length}"));
        }
    }

    private static int Product(int* extents, int rank)
    {
        int product = 1;
        for (int i = 0; i < rank; i++)
        {
            product = checked(product * extents[i]);
        }

        return product;
    }
}

/// <summary>The terms of a sum: runs of equally distant ones.</summary>
/// <param name="extents">The extents that are summed over, outermost first.</param>
/// <param name="strides">Their steps.</param>
/// <param name="rank">The number of dimensions.</param>
internal readonly unsafe struct StridedTerms(int* extents, int* strides, int rank)
{
    private readonly StridedPlace _runs = new(extents, strides, strides, Math.Max(0, rank - 1));

    /// <summary>The number of runs.</summary>
    public int Runs => _runs.Count;

    /// <summary>The terms of a run.</summary>
    public int Length { get; } = rank > 0 ? extents[rank - 1] : 1;

    /// <summary>The distance from term to term.</summary>
    public nint Stride { get; } = rank > 0 ? strides[rank - 1] : 1;

    /// <summary>The number of terms.</summary>
    public long Count => (long)Runs * Length;

    /// <summary>The distance of a run's first term from the first of all.</summary>
    public nint RunAt(int run) => _runs.At(run).Source;
}
