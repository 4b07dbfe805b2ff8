using System.Globalization;

namespace ModelDsl.Tests.Reference;

/// <summary>Samples with labels or values to aim at.</summary>
/// <param name="Size">The number of samples.</param>
/// <param name="Samples">The samples, one after the other.</param>
/// <param name="Labels">One label per sample or step, or null.</param>
/// <param name="Values">Values of the output's shape for each sample, or null; the triplet loss has neither.</param>
internal sealed record Batch(int Size, float[] Samples, int[]? Labels, float[]? Values)
{
    /// <summary>What a compiled model takes.</summary>
    public Targets Targets =>
        new((ReadOnlySpan<int>)Labels, (ReadOnlySpan<float>)Values) { SampleWeights = SampleWeights };

    /// <summary>The weight of each sample; empty where all are 1.</summary>
    public float[] SampleWeights { get; init; } = [];

    /// <summary>Some of the samples, as a batch of their own.</summary>
    public Batch Part(int first, int count) => new(
        count, Samples[Range(Samples, first, count)], Labels?[Range(Labels, first, count)], Values?[Range(Values, first, count)])
    {
        SampleWeights = SampleWeights.Length == 0 ? [] : SampleWeights[first..(first + count)],
    };

    private Range Range(Array all, int first, int count) =>
        (first * (all.Length / Size))..((first + count) * (all.Length / Size));

    /// <summary>
    /// Random samples in [-1, 1) with every kind of targets that the loss takes: labels first, then values.
    /// </summary>
    public static IEnumerable<Batch> Draw(ModelDescription description, int size, int seed)
    {
        Random random = new(seed);
        int outputs = description.OutputShape.Count;
        int classes = outputs / Math.Max(1, description.LabelsPerSample);
        int[] vocabularies = Vocabularies(description);
        int column = 0;
        float[] samples = Fill(
            size * description.InputShape.Count,
            () => vocabularies[column++ % vocabularies.Length] is > 0 and int vocabulary
                ? random.Next(vocabulary)
                : (2 * random.NextSingle()) - 1);
        int rows = size * description.LabelsPerSample;
        int Label(int classes) =>
            description.IgnoredLabel is { } ignored && random.Next(4) == 0 ? ignored : random.Next(classes);
        if (!description.Heads.IsEmpty)
        {
            return [OfHeads(description, size, samples, random)];
        }

        int[] Labels(int classes) => [.. Enumerable.Range(0, rows).Select(_ => Label(classes))];
        Batch Labelled(int classes) => new(size, samples, Labels(classes), null);
        Batch Valued(Func<float> draw) => new(size, samples, null, Fill(size * outputs, draw));
        Batch Distributed() => new(size, samples, null, Distributions(rows, classes, random));
        return description.Loss switch
        {
            LossKind.MeanSquaredError or LossKind.MeanAbsoluteError or LossKind.Huber or LossKind.Custom =>
                [Valued(() => (4 * random.NextSingle()) - 2)],
            LossKind.SoftmaxCrossEntropy => [Labelled(classes), Distributed()],
            LossKind.KullbackLeibler => [Distributed()],
            LossKind.BinaryCrossEntropy => [Valued(() => random.Next(2)), Valued(random.NextSingle)],
            LossKind.Hinge when classes == 1 => [Labelled(2), Valued(() => (2 * random.Next(2)) - 1)],
            LossKind.Hinge => [Labelled(classes)],
            LossKind.ElementwiseHinge => [Valued(() => (2 * random.Next(2)) - 1)],
            LossKind.Contrastive => [Labelled(2)],
            LossKind.Triplet => [new Batch(size, samples, null, null)],
            LossKind.LabelMethod => [Labelled(classes)],
            LossKind.Method => [new Batch(
                size, samples, null, Fill(size * TargetCount(description), () => (4 * random.NextSingle()) - 2))],
            _ => throw new NotSupportedException($"no targets are known for {description.Loss}"),
        };
    }

    private static int TargetCount(ModelDescription description) =>
        description.TargetCount ?? description.OutputShape.Count;

    /// <summary>Labels and values for all heads, sample by sample.</summary>
    private static Batch OfHeads(ModelDescription description, int size, float[] samples, Random random)
    {
        List<int> labels = [];
        List<float> values = [];
        foreach (HeadDescription head in Enumerable.Range(0, size).SelectMany(_ => description.Heads))
        {
            int classes =
                head.Loss == LossKind.Contrastive ? 2 : head.OutputShape.Count / Math.Max(1, head.LabelsPerSample);
            labels.AddRange(Enumerable.Range(0, head.LabelsPerSample).Select(_ =>
                head.IgnoredLabel is { } ignored && random.Next(4) == 0 ? ignored : random.Next(classes)));
            values.AddRange(Enumerable.Range(0, head.ValuesPerSample).Select(_ =>
                head.Loss == LossKind.BinaryCrossEntropy ? random.NextSingle()
                : head.Loss == LossKind.ElementwiseHinge ? (2 * random.Next(2)) - 1
                : (4 * random.NextSingle()) - 2));
        }

        return new Batch(size, samples, [.. labels], [.. values]);
    }

    /// <summary>The number of tokens that each element of a sample is drawn from; 0 where it is a number.</summary>
    /// <remarks>
    /// Numbers are the element type's default. It is not named here, since the tests of the compiler compile this file
    /// too, and know the type twice: the compiler shares it with the runtime.
    /// </remarks>
    private static int[] Vocabularies(ModelDescription description)
    {
        if (description.InputType != default && OneHotClasses(description) is { } oneHot)
        {
            return [oneHot];
        }

        if (description.InputType != default)
        {
            return [description.Parameters.Single(parameter => parameter.Name == $"{Embedding(description)}.weight").Shape.Dimensions[0]];
        }

        int[] columns =
        [
            .. description.Inputs.SelectMany(input => Enumerable.Repeat(
                input.Type != default
                    ? description.Parameters.Single(parameter => parameter.Name == $"{input.Name}.embedding1.weight").Shape.Dimensions[0]
                    : 0,
                input.Shape.Count)),
        ];
        return columns.Length == 0 ? [0] : columns;
    }

    private static int? OneHotClasses(ModelDescription description)
    {
        const string Start = "OneHot(";
        return description.Layers[1].Declaration is var layer && layer.StartsWith(Start, StringComparison.Ordinal)
            ? int.Parse(layer[Start.Length..^1], CultureInfo.InvariantCulture)
            : null;
    }

    // Tokens go through the first embedding, whatever its name.
    private static string Embedding(ModelDescription description) => description.Layers
        .First(layer => layer.Declaration.StartsWith("Embedding", StringComparison.Ordinal)).Name;

    private static float[] Distributions(int rows, int classes, Random random)
    {
        float[] values = Fill(rows * classes, random.NextSingle);
        for (int index = 0; index < rows; index++)
        {
            Span<float> row = values.AsSpan(index * classes, classes);
            float sum = 0;
            foreach (float value in row)
            {
                sum += value;
            }

            foreach (ref float value in row)
            {
                value /= sum;
            }
        }

        return values;
    }

    private static float[] Fill(int count, Func<float> draw) => [.. Enumerable.Range(0, count).Select(_ => draw())];
}
