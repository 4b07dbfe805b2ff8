using System.Globalization;

namespace ModelDsl;

/// <summary>The extents of a tensor, outermost first; without the batch for activations.</summary>
public readonly struct Shape : IEquatable<Shape>
{
    private readonly ImmutableArray<int> _dimensions;

    /// <summary>A shape of the given extents.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An extent is not positive, or the product exceeds an int.</exception>
    public Shape(params ReadOnlySpan<int> dimensions)
    {
        long count = 1;
        foreach (int dimension in dimensions)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension, nameof(dimensions));
            count *= dimension;
            ArgumentOutOfRangeException.ThrowIfGreaterThan(count, int.MaxValue, nameof(dimensions));
        }

        _dimensions = [.. dimensions];
        Count = (int)count;
    }

    /// <summary>The extents, outermost first.</summary>
    public ImmutableArray<int> Dimensions => _dimensions.IsDefault ? [] : _dimensions;

    /// <summary>The number of elements: the product of the extents.</summary>
    public int Count { get; }

    /// <summary>Whether both shapes have the same extents in the same order.</summary>
    public bool Equals(Shape other) => Dimensions.AsSpan().SequenceEqual(other.Dimensions.AsSpan());

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (int dimension in Dimensions)
        {
            hash.Add(dimension);
        }

        return hash.ToHashCode();
    }

    /// <summary>The extents with a cross between them: <c>28x28</c>.</summary>
    public override string ToString() =>
        string.Join('x', Dimensions.Select(dimension => dimension.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Whether both shapes have the same extents in the same order.</summary>
    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    /// <summary>Whether the shapes differ.</summary>
    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);
}
