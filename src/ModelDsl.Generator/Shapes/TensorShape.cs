using System.Globalization;

namespace ModelDsl.Generator.Shapes;

/// <summary>The extents of a tensor, outermost first; without the batch for activations.</summary>
/// <param name="Dimensions">The extents.</param>
/// <param name="IsSequence">
/// Whether the first extent counts steps in time, so that layers for vectors work on each step by itself.
/// </param>
/// <param name="IsTokens">Whether the elements are indices into a vocabulary rather than numbers.</param>
/// <param name="IsFixed">Whether there is one for the whole batch rather than one for each sample, as of a parameter.</param>
internal readonly record struct TensorShape(
    EquatableArray<int> Dimensions, bool IsSequence = false, bool IsTokens = false, bool IsFixed = false)
{
    public TensorShape(params int[] dimensions)
        : this(dimensions.ToEquatableArray())
    {
    }

    /// <summary>Whether it is one vector for each sample, or for each step of a sequence.</summary>
    public bool IsVector => !IsTokens && Rank == (IsSequence ? 2 : 1);

    /// <summary>Whether it is height x width x channels.</summary>
    public bool IsImage => !IsTokens && !IsSequence && Rank == 3;

    /// <summary>The same shape with another innermost extent.</summary>
    public TensorShape WithColumns(int columns) =>
        this with { Dimensions = Dimensions.Take(Rank - 1).Append(columns).ToEquatableArray() };

    /// <summary>The shape of one step, where it is that of a sequence of each sample.</summary>
    public TensorShape OneStep =>
        !IsFixed && (IsSequence || IsTokens)
            ? this with { Dimensions = Dimensions.Skip(1).Prepend(1).ToEquatableArray() }
            : this;

    /// <summary>The shape as that of a sample, where it is that of one tensor for the whole batch.</summary>
    public TensorShape OfSample => this with { IsFixed = false };

    public int Rank => Dimensions.Count;

    /// <summary>The number of elements, which <see cref="ShapeInference"/> keeps within an int.</summary>
    public int Count => (int)LongCount;

    public long LongCount
    {
        get
        {
            long count = 1;
            foreach (int dimension in Dimensions)
            {
                // Saturates: what matters beyond this is only that it is too large.
                count = Math.Min(count * dimension, 1L << 40);
            }

            return count;
        }
    }

    /// <summary>The innermost extent, along which rows are contiguous.</summary>
    public int Columns => Rank == 0 ? 1 : Dimensions[Rank - 1];

    /// <summary>The number of rows of <see cref="Columns"/> elements in one sample.</summary>
    public int Rows => Count / Columns;

    /// <summary>The extents with a separator, as in <c>28x28</c>.</summary>
    public string ToString(string separator) =>
        string.Join(separator, Dimensions.Select(dimension => dimension.ToString(CultureInfo.InvariantCulture)));

    public override string ToString() => ToString("x");

    /// <summary>The shape as messages name it.</summary>
    public static implicit operator Extents(TensorShape shape) =>
        new([.. shape.Dimensions.Select(dimension => (long)dimension)]);
}
