using System.Globalization;
using System.Numerics.Tensors;

namespace ModelDsl;

/// <summary>Which values of a sample are normalised alike.</summary>
public enum NormalizedBy
{
    /// <summary>Each position of a sample has figures of its own: columns of a table.</summary>
    Feature,

    /// <summary>Each channel has, which is the last dimension: the colours of an image.</summary>
    Channel,

    /// <summary>All values have the same: grey images.</summary>
    All,
}

/// <summary>
/// Brings samples to a common range, y = (x - offset) / scale, by figures that were found on the training part and are
/// stored with the model.
/// </summary>
/// <remarks>
/// Fit it on the training part alone, apply it to every part by <see cref="DataViews.Normalize"/>, and to single
/// samples by <see cref="Apply"/>. <see cref="ToMetadata"/> puts it into the model's file, <see cref="Load"/> reads it
/// from there.
/// </remarks>
public sealed class Normalization
{
    private const string ShapeKey = "normalization.shape";
    private const string OffsetKey = "normalization.offset";
    private const string ScaleKey = "normalization.scale";

    // One for each value of a sample.
    private readonly float[] _offsets;
    private readonly float[] _scales;

    private Normalization(Shape sampleShape, ImmutableArray<float> offsets, ImmutableArray<float> scales)
    {
        SampleShape = sampleShape;
        Offsets = offsets;
        Scales = scales;
        _offsets = Repeat(offsets, sampleShape.Count);
        _scales = Repeat(scales, sampleShape.Count);
    }

    /// <summary>The shape of the samples.</summary>
    public Shape SampleShape { get; }

    /// <summary>What is subtracted: one number for each feature, for each channel, or for all.</summary>
    public ImmutableArray<float> Offsets { get; }

    /// <summary>What is divided by after that; as many numbers as there are offsets, all positive.</summary>
    public ImmutableArray<float> Scales { get; }

    /// <summary>
    /// Subtracts the mean and divides by the standard deviation, so that values have mean 0 and variance 1.
    /// </summary>
    /// <param name="training">The training part. Every sample is read once; the epoch stays as it is.</param>
    /// <param name="by">Which values of a sample are normalised alike.</param>
    /// <remarks>
    /// The standard deviation is that of the population (divided by n), as in scikit-learn's StandardScaler and Keras'
    /// Normalization; torch.std divides by n - 1. Where all values are the same, they are only shifted to 0. Computed
    /// in double precision by merging the moments of batches: Chan, Golub and LeVeque, "Updating Formulae and a
    /// Pairwise Algorithm for Computing Sample Variances" (1979).
    /// </remarks>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static Normalization Standard(IDataSource training, NormalizedBy by)
    {
        FeatureStatistics statistics = FeatureStatistics.Of(training, by);
        return Create(training.SampleShape, statistics.Means, statistics.StandardDeviations);
    }

    /// <summary>
    /// Brings values to [0, 1]: subtracts the least and divides by the range, as scikit-learn's MinMaxScaler.
    /// </summary>
    /// <param name="training">
    /// The training part. Every sample is read once. Values of other parts may lie outside.
    /// </param>
    /// <param name="by">Which values of a sample are normalised alike.</param>
    /// <remarks>Where all values are the same, they are only shifted to 0.</remarks>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static Normalization MinMax(IDataSource training, NormalizedBy by)
    {
        FeatureStatistics statistics = FeatureStatistics.Of(training, by);
        return Create(
            training.SampleShape, statistics.Minima, [.. statistics.Maxima.Zip(statistics.Minima, (high, low) => high - low)]);
    }

    /// <summary>Reads what <see cref="ToMetadata"/> has put into a file.</summary>
    /// <param name="path">A safetensors file, such as that of a model.</param>
    /// <exception cref="InvalidDataException">The file is not a safetensors file, is damaged, or has no normalisation,
    /// or one that is damaged.</exception>
    /// <exception cref="IOException">
    /// The file is missing or cannot be read, or is a folder, a pipe or a device.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static Normalization Load(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        Shape shape = ReadShape(file);
        ImmutableArray<float> offsets = ReadNumbers(file, OffsetKey);
        ImmutableArray<float> scales = ReadNumbers(file, ScaleKey);
        if (scales.Length != offsets.Length || shape.Count % offsets.Length != 0)
        {
            throw new InvalidDataException(
                $"{file.ShownPath}: expected as many offsets as scales, and a number that divides {shape.Count} ({shape}), got "
                    + $"{offsets.Length} and {scales.Length}");
        }

        float least = scales.Min();
        return least > 0f
            ? new Normalization(shape, offsets, scales)
            : throw new InvalidDataException(Invariant($"{file.ShownPath}: {ScaleKey}: expected positive numbers, got {least}"));
    }

    /// <summary>
    /// The figures as text, to be written into a safetensors file by
    /// <see cref="ModelFile.Save(string, IInferenceModel, IReadOnlyDictionary{string, string})"/>. Every number comes
    /// back to the last bit.
    /// </summary>
    public ImmutableSortedDictionary<string, string> ToMetadata() => ImmutableSortedDictionary.CreateRange(
        StringComparer.Ordinal,
        [
            KeyValuePair.Create(ShapeKey, string.Join('x', SampleShape.Dimensions)),
            KeyValuePair.Create(OffsetKey, Join(Offsets)),
            KeyValuePair.Create(ScaleKey, Join(Scales)),
        ]);

    /// <summary>Normalises samples where they lie.</summary>
    /// <param name="samples">Samples, one after the other: a multiple of the shape's size.</param>
    /// <exception cref="ArgumentException">There is a part of a sample.</exception>
    public void Apply(Span<float> samples)
    {
        if (samples.Length % SampleShape.Count != 0)
        {
            throw new ArgumentException(
                $"expected a multiple of {SampleShape.Count} values, one sample each ({SampleShape}), got {samples.Length}",
                nameof(samples));
        }

        for (; !samples.IsEmpty; samples = samples[SampleShape.Count..])
        {
            Span<float> sample = samples[..SampleShape.Count];
            TensorPrimitives.Subtract(sample, _offsets, sample);
            TensorPrimitives.Divide(sample, _scales, sample);
        }
    }

    private static Normalization Create(Shape sampleShape, double[] offsets, double[] scales)
    {
        // A scale that is 0 as a float would divide by 0.
        return new Normalization(
            sampleShape,
            [.. offsets.Select(static offset => (float)offset)],
            [.. scales.Select(static scale => (float)scale > 0f ? (float)scale : 1f)]);
    }

    private static float[] Repeat(ImmutableArray<float> values, int count)
    {
        float[] repeated = new float[count];
        for (int i = 0; i < count; i += values.Length)
        {
            values.CopyTo(repeated, i);
        }

        return repeated;
    }

    private static string Join(ImmutableArray<float> values) =>
        string.Join(' ', values.Select(static value => value.ToString("R", CultureInfo.InvariantCulture)));

    private static string Find(SafetensorsFile file, string key) => file.Metadata.GetValueOrDefault(key)
        ?? throw new InvalidDataException($"{file.ShownPath}: expected metadata {key} of a normalisation, found none");

    private static Shape ReadShape(SafetensorsFile file)
    {
        string text = Find(file, ShapeKey);
        string[] parts = text.Split('x');
        int[] dimensions = new int[parts.Length];
        long count = 1;
        for (int i = 0; i < parts.Length; i++)
        {
            bool isExtent = int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out dimensions[i]);
            count *= dimensions[i];
            if (!isExtent || dimensions[i] == 0 || count > Array.MaxLength)
            {
                throw new InvalidDataException(
                    $"{file.ShownPath}: {ShapeKey}: expected a shape such as 28x28, got {PrintableText.Name(text)}");
            }
        }

        return new Shape(dimensions);
    }

    private static ImmutableArray<float> ReadNumbers(SafetensorsFile file, string key)
    {
        string[] parts = Find(file, key).Split(' ');
        var numbers = ImmutableArray.CreateBuilder<float>(parts.Length);
        foreach (string part in parts)
        {
            if (!float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) || !float.IsFinite(number))
            {
                throw new InvalidDataException($"{file.ShownPath}: {key}: expected finite numbers, got {PrintableText.Name(part)}");
            }

            numbers.Add(number);
        }

        return numbers.MoveToImmutable();
    }
}
