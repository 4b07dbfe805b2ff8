namespace ModelDsl.CompilerServices;

/// <summary>Values that are stored as <see cref="Precision.BFloat16"/> and computed with as floats.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BFloat16Storage
{
    /// <inheritdoc cref="Float16Storage.Round(FloatSpan, NarrowSpan)"/>
    public static void Round(FloatSpan source, NarrowSpan destination) =>
        NarrowLoops<BFloat16Format>.Round(source, destination);

    /// <inheritdoc cref="Float16Storage.Expand(NarrowSpan, FloatSpan)"/>
    public static void Expand(NarrowSpan source, FloatSpan destination) =>
        NarrowLoops<BFloat16Format>.Expand(source, destination);

    /// <inheritdoc cref="Float16Storage.Round(FloatSpan, FloatSpan)"/>
    public static void Round(FloatSpan source, FloatSpan destination) =>
        NarrowLoops<BFloat16Format>.RoundValues(source, destination);

    /// <inheritdoc cref="Float16Storage.Load"/>
    public static void Load(StoredWeight weight, FloatSpan destination) =>
        NarrowLoops<BFloat16Format>.Load(weight, destination);
}

/// <summary>Values that are stored as <see cref="Precision.Float16"/> and computed with as floats.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Float16Storage
{
    /// <summary>
    /// destination[i] = source[i], rounded to the nearest value; to the even one of two that are as near.
    /// </summary>
    /// <param name="source">At least as many values as the destination.</param>
    /// <param name="destination">Where they are stored.</param>
    /// <exception cref="ArgumentException">The source is shorter.</exception>
    public static void Round(FloatSpan source, NarrowSpan destination) =>
        NarrowLoops<Float16Format>.Round(source, destination);

    /// <summary>destination[i] = source[i].</summary>
    /// <param name="source">The stored values.</param>
    /// <param name="destination">At least as many values.</param>
    /// <exception cref="ArgumentException">The destination is shorter.</exception>
    public static void Expand(NarrowSpan source, FloatSpan destination) =>
        NarrowLoops<Float16Format>.Expand(source, destination);

    /// <summary>destination[i] = source[i], rounded as what is stored is, but left as a float.</summary>
    /// <param name="source">The values.</param>
    /// <param name="destination">As many; may be the source.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Round(FloatSpan source, FloatSpan destination) =>
        NarrowLoops<Float16Format>.RoundValues(source, destination);

    /// <summary>
    /// destination[i] = weight[i], rounded as what is stored is: the same values whether it is stored or not.
    /// </summary>
    /// <param name="weight">The weight, as a model holds it.</param>
    /// <param name="destination">As many values.</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public static void Load(StoredWeight weight, FloatSpan destination) =>
        NarrowLoops<Float16Format>.Load(weight, destination);
}

/// <summary>A weight as a model holds it: in 32 bits where it can be trained, in 16 where it only predicts.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct StoredWeight
{
    internal StoredWeight(FloatSpan whole) => Whole = whole;

    internal StoredWeight(NarrowSpan narrow) => Narrow = narrow;

    /// <summary>The weight in 32 bits; empty where it has 16.</summary>
    internal FloatSpan Whole { get; }

    /// <summary>The weight in 16 bits; empty where it has 32.</summary>
    internal NarrowSpan Narrow { get; }
}
