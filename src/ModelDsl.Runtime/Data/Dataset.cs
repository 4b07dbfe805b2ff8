namespace ModelDsl;

/// <summary>
/// Samples in memory with their targets: a class label or values for each. Immutable; several threads may use it.
/// </summary>
public sealed class Dataset : IDataSource
{
    private readonly ISampleSource _samples;
    private readonly int[]? _labels;
    private readonly float[]? _values;

    // The labels of sample i start at i · _labelStride + _labelStart.
    private readonly int _labelStride;
    private readonly int _labelStart;

    private Dataset(Shape sampleShape, int count, ISampleSource samples, int[]? labels, float[]? values, int classCount)
    {
        SampleShape = sampleShape;
        Count = count;
        ClassCount = classCount;
        ValuesPerSample = values is null ? 0 : values.Length / count;
        LabelsPerSample = labels is null ? 0 : labels.Length / count;
        _labelStride = LabelsPerSample;
        _samples = samples;
        _labels = labels;
        _values = values;
    }

    private Dataset(
        Shape sampleShape,
        int count,
        ISampleSource samples,
        int[] labels,
        int classCount,
        int labelsPerSample,
        int labelStride,
        int labelStart)
        : this(sampleShape, count, samples, labels, values: null, classCount)
    {
        LabelsPerSample = labelsPerSample;
        _labelStride = labelStride;
        _labelStart = labelStart;
    }

    private Dataset(Dataset other, ImmutableArray<string> classNames)
        : this(other.SampleShape, other.Count, other._samples, other._labels, other._values, other.ClassCount)
    {
        LabelsPerSample = other.LabelsPerSample;
        _labelStride = other._labelStride;
        _labelStart = other._labelStart;
        ClassNames = classNames;
    }

    /// <summary>The shape of one sample.</summary>
    public Shape SampleShape { get; }

    /// <summary>The number of samples, at least 1.</summary>
    public int Count { get; }

    /// <summary>Whether each sample has a class label, or several.</summary>
    public bool HasLabels => _labels is not null;

    /// <summary>
    /// The number of labels of each sample: one, or one for each step of a sequence. Zero where samples have none.
    /// </summary>
    public int LabelsPerSample { get; }

    /// <summary>The number of classes: labels lie in [0, ClassCount). Zero where samples have no labels.</summary>
    public int ClassCount { get; }

    /// <summary>The number of target values of each sample. Zero where samples have none.</summary>
    public int ValuesPerSample { get; }

    /// <summary>The name of each class, or empty.</summary>
    public ImmutableArray<string> ClassNames { get; } = [];

    /// <summary>A data set whose samples belong to classes. Copies its arguments.</summary>
    /// <param name="sampleShape">The shape of one sample.</param>
    /// <param name="samples">The samples, one after the other: a positive multiple of the shape's size, all finite.</param>
    /// <param name="labels">The class of each sample, counted from 0.</param>
    /// <param name="classCount">The number of classes, or 0 for one more than the highest label.</param>
    /// <exception cref="ArgumentException">Lengths do not match, a value is not finite, or a label is out of
    /// range.</exception>
    public static Dataset FromLabels(
        Shape sampleShape, ReadOnlySpan<float> samples, ReadOnlySpan<int> labels, int classCount = 0) =>
        FromLabels(sampleShape, samples.ToArray(), labels.ToArray(), classCount);

    /// <summary>A data set whose samples belong to classes. Keeps the arrays: do not change them afterwards.</summary>
    /// <inheritdoc cref="FromLabels(Shape, ReadOnlySpan{float}, ReadOnlySpan{int}, int)" path="/param|/exception"/>
    [OverloadResolutionPriority(1)]
    public static Dataset FromLabels(Shape sampleShape, float[] samples, int[] labels, int classCount = 0)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(labels);
        int count = CheckSamples(sampleShape, samples);
        if (labels.Length != count)
        {
            throw new ArgumentException($"expected {count} labels for {count} samples, got {labels.Length}", nameof(labels));
        }

        return new Dataset(
            sampleShape, count, new FloatSamples(samples), labels, values: null, CheckLabels(labels, classCount));
    }

    /// <summary>
    /// A data set whose samples belong to classes and consist of bytes, such as grey values: each byte is read as byte
    /// / 255, a float in [0, 1]. Keeps the memory: do not change it afterwards.
    /// </summary>
    /// <inheritdoc cref="FromLabels(Shape, ReadOnlySpan{float}, ReadOnlySpan{int}, int)" path="/param|/exception"/>
    public static Dataset FromLabels(Shape sampleShape, ReadOnlyMemory<byte> samples, int[] labels, int classCount = 0)
    {
        ArgumentNullException.ThrowIfNull(labels);
        int count = CountSamples(sampleShape, samples.Length);
        if (labels.Length != count)
        {
            throw new ArgumentException($"expected {count} labels for {count} samples, got {labels.Length}", nameof(labels));
        }

        return new Dataset(
            sampleShape, count, new ByteSamples(samples), labels, values: null, CheckLabels(labels, classCount));
    }

    /// <summary>
    /// A data set of all windows of a text, for a model that predicts what comes next: sample i consists of the tokens
    /// from i on, and the label of each step is the token after it. Keeps the array: do not change it afterwards.
    /// </summary>
    /// <param name="tokens">The text, at least one token longer than a window.</param>
    /// <param name="length">The number of tokens of a window, at least 1.</param>
    /// <param name="vocabulary">The number of different tokens, at least 1.</param>
    /// <param name="stride">
    /// The distance between the starts of two windows, at least 1. If it is the length of a window, windows do not
    /// overlap.
    /// </param>
    /// <exception cref="ArgumentException">An argument is out of range, the text is too short, or a token is not in the
    /// vocabulary.</exception>
    public static Dataset FromText(int[] tokens, int length, int vocabulary, int stride = 1)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(vocabulary);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stride);
        if (tokens.Length <= length)
        {
            throw new ArgumentException(
                $"expected more than {length} tokens for windows of {length} and what follows each, got {tokens.Length}",
                nameof(tokens));
        }

        int classes = CheckLabels(tokens, vocabulary);
        int count = ((tokens.Length - 1 - length) / stride) + 1;
        return new Dataset(
            new Shape(length), count, new TokenWindows(tokens, stride), tokens, classes, length, labelStride: stride, labelStart: 1);
    }

    /// <summary>A data set whose samples have target values. Copies its arguments.</summary>
    /// <param name="sampleShape">The shape of one sample.</param>
    /// <param name="samples">The samples, one after the other: a positive multiple of the shape's size, all finite.</param>
    /// <param name="values">The target values, one sample after the other: the same positive number for each sample, all
    /// finite.</param>
    /// <exception cref="ArgumentException">Lengths do not match, or a value is not finite.</exception>
    public static Dataset FromValues(Shape sampleShape, ReadOnlySpan<float> samples, ReadOnlySpan<float> values) =>
        FromValues(sampleShape, samples.ToArray(), values.ToArray());

    /// <summary>A data set whose samples have target values. Keeps the arrays: do not change them afterwards.</summary>
    /// <inheritdoc cref="FromValues(Shape, ReadOnlySpan{float}, ReadOnlySpan{float})" path="/param|/exception"/>
    [OverloadResolutionPriority(1)]
    public static Dataset FromValues(Shape sampleShape, float[] samples, float[] values)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(values);
        int count = CheckSamples(sampleShape, samples);
        if (values.Length == 0 || values.Length % count != 0)
        {
            throw new ArgumentException(
                $"expected the same positive number of target values for each of {count} samples, got {values.Length} values",
                nameof(values));
        }

        CheckFinite(values, values.Length / count, "target");
        return new Dataset(sampleShape, count, new FloatSamples(samples), labels: null, values, classCount: 0);
    }

    /// <summary>
    /// A data set whose samples have any number of labels and of values, or neither: one label for each step of a
    /// sequence, labels that are ignored, or no targets at all. Keeps the arrays: do not change them afterwards.
    /// </summary>
    /// <param name="sampleShape">The shape of one sample.</param>
    /// <param name="samples">The samples, one after the other: a positive multiple of the shape's size, all finite.</param>
    /// <param name="labels">Class labels, one sample after the other: the same number for each sample; or null.</param>
    /// <param name="values">Target values, one sample after the other: the same number for each sample, all finite; or
    /// null.</param>
    /// <param name="classCount">The number of classes, or 0 for one more than the highest label.</param>
    /// <param name="ignoredLabel">A label that is no class, for steps that take no part.</param>
    /// <exception cref="ArgumentException">Lengths do not match, a value is not finite, or a label is out of
    /// range.</exception>
    public static Dataset FromTargets(
        Shape sampleShape,
        float[] samples,
        int[]? labels = null,
        float[]? values = null,
        int classCount = 0,
        int? ignoredLabel = null)
    {
        ArgumentNullException.ThrowIfNull(samples);
        int count = CheckSamples(sampleShape, samples);
        CheckTargets(labels?.Length ?? 0, count, "labels");
        CheckTargets(values?.Length ?? 0, count, "target values");
        labels = labels is { Length: 0 } ? null : labels;
        values = values is { Length: 0 } ? null : values;
        if (values is not null)
        {
            CheckFinite(values, values.Length / count, "target");
        }

        int classes = labels is null ? 0 : CheckLabels(labels, classCount, labels.Length / count, ignoredLabel);
        return new Dataset(sampleShape, count, new FloatSamples(samples), labels, values, classes);

        static void CheckTargets(int length, int count, string what)
        {
            if (length % count != 0)
            {
                throw new ArgumentException($"expected the same number of {what} for each of {count} samples, got {length}");
            }
        }
    }

    /// <summary>The same samples, with names for their classes.</summary>
    /// <exception cref="ArgumentException">There is not one name for each class.</exception>
    public Dataset WithClassNames(params IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (!HasLabels || names.Count != ClassCount)
        {
            throw new ArgumentException($"expected {ClassCount} class names, got {names.Count}", nameof(names));
        }

        return new Dataset(this, [.. names]);
    }

    /// <summary>Writes samples one after the other, for example into a model's input buffer.</summary>
    /// <param name="indices">Which samples.</param>
    /// <param name="destination">The destination: exactly as long as the samples.</param>
    /// <exception cref="ArgumentException">An index is not within this set, or the destination has another length.</exception>
    public void GatherSamples(ReadOnlySpan<int> indices, Span<float> destination)
    {
        Indices.CheckGather(indices, Count, SampleShape.Count, destination.Length);
        SampleParts.Gather(_samples, indices, SampleShape.Count, destination);
    }

    /// <summary>Writes the labels of samples.</summary>
    /// <param name="indices">Which samples.</param>
    /// <param name="destination">The destination: <see cref="LabelsPerSample"/> labels for each sample.</param>
    /// <exception cref="InvalidOperationException">The samples have values, not labels.</exception>
    /// <exception cref="ArgumentException">An index is not within this set, or the destination has another length.</exception>
    public void GatherLabels(ReadOnlySpan<int> indices, Span<int> destination)
    {
        int[] labels = _labels
            ?? throw new InvalidOperationException($"expected labels, but each sample has {ValuesPerSample} target values");
        Indices.CheckGather(indices, Count, LabelsPerSample, destination.Length);
        Indices.Gather(labels.AsSpan(_labelStart), indices, _labelStride, LabelsPerSample, destination);
    }

    /// <summary>Writes the target values of samples, one sample after the other.</summary>
    /// <param name="indices">Which samples.</param>
    /// <param name="destination">The destination: <see cref="ValuesPerSample"/> floats for each sample.</param>
    /// <exception cref="InvalidOperationException">The samples have labels, not values.</exception>
    /// <exception cref="ArgumentException">An index is not within this set, or the destination has another length.</exception>
    public void GatherValues(ReadOnlySpan<int> indices, Span<float> destination)
    {
        float[] values = _values ?? throw new InvalidOperationException("expected target values, but each sample has a label");
        Indices.CheckGather(indices, Count, ValuesPerSample, destination.Length);
        Indices.Gather(values.AsSpan(), indices, ValuesPerSample, ValuesPerSample, destination);
    }

    private static int CheckSamples(Shape sampleShape, ReadOnlySpan<float> samples)
    {
        int count = CountSamples(sampleShape, samples.Length);
        CheckFinite(samples, sampleShape.Count, "sample");
        return count;
    }

    private static int CountSamples(Shape sampleShape, int length)
    {
        if (sampleShape.Count == 0)
        {
            throw new ArgumentException("expected a sample shape, got none", nameof(sampleShape));
        }

        (int count, int rest) = Math.DivRem(length, sampleShape.Count);
        return count > 0 && rest == 0
            ? count
            : throw new ArgumentException(
                $"expected a positive multiple of {sampleShape.Count} values, one sample each ({sampleShape}), got {length}");
    }

    private static void CheckFinite(ReadOnlySpan<float> values, int perSample, string what)
    {
        if (FiniteValues.FindWrong(values, perSample, first: 0, what) is { } wrong)
        {
            throw new ArgumentException(wrong, nameof(values));
        }
    }

    private static int CheckLabels(ReadOnlySpan<int> labels, int classCount, int perSample = 1, int? ignored = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(classCount);
        int classes = classCount;
        if (classes == 0)
        {
            int highest = 0;
            foreach (int label in labels)
            {
                highest = label == ignored ? highest : Math.Max(highest, label);
            }

            classes = Math.Min(highest, int.MaxValue - 1) + 1;
        }
        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)classes && labels[i] != ignored)
            {
                throw new ArgumentException(
                    Invariant($"expected labels from 0 to {classes - 1}, got {labels[i]} for sample {i / perSample}"), nameof(labels));
            }
        }

        return classes;
    }
}
