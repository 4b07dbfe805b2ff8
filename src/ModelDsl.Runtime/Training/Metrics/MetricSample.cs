namespace ModelDsl;

/// <summary>
/// One sample of a pass as a metric sees it: what a head answered, and what it should have. Its answers are rows: one,
/// or one for each step of a sequence or pixel of an image; of several sigmoid outputs, each is a row.
/// </summary>
public readonly ref struct MetricSample
{
    private readonly HeadLayout _layout;

    internal MetricSample(
        HeadLayout layout, ReadOnlySpan<float> outputs, ReadOnlySpan<int> labels, ReadOnlySpan<float> values, int index)
    {
        _layout = layout;
        Outputs = outputs;
        Labels = labels;
        Values = values;
        Index = index;
    }

    /// <summary>The head's outputs, such as logits.</summary>
    public ReadOnlySpan<float> Outputs { get; }

    /// <summary>The classes that they should have been, one for each row; or empty.</summary>
    public ReadOnlySpan<int> Labels { get; }

    /// <summary>The values that they should have been; or empty.</summary>
    public ReadOnlySpan<float> Values { get; }

    /// <summary>Which sample of the data set it is.</summary>
    public int Index { get; }

    /// <summary>The number of answers.</summary>
    public int Rows => _layout.Rows;

    /// <summary>Whether a row takes no part, since its label is the one to be ignored.</summary>
    public bool IsIgnored(int row) => !Labels.IsEmpty && Labels[row] == _layout.Description.IgnoredLabel;

    /// <summary>The outputs of a row: one for each class, or a single one for two classes.</summary>
    public ReadOnlySpan<float> OutputsOf(int row) => Outputs.Slice(row * _layout.Width, _layout.Width);

    /// <summary>
    /// The class that a row should have been: its label, or the most likely class of its values. Of a single output, 1
    /// where its value is above 0.5 (of a hinge, above 0).
    /// </summary>
    public int TargetClass(int row)
    {
        if (!Labels.IsEmpty)
        {
            return Labels[row];
        }

        ReadOnlySpan<float> values = Values.Slice(row * _layout.Width, _layout.Width);

        // A sigmoid's targets are 0 and 1, a margin's -1 and 1; of several margins each is one of those.
        return values.Length == 1
            ? (values[0] > (_layout.Description.Loss == LossKind.Hinge ? 0f : 0.5f) ? 1 : 0)
            : HighestOf(values);
    }

    /// <summary>
    /// The class that a row was taken for: the first of the highest outputs. Of a single output, 1 where it is above 0.
    /// </summary>
    public int PredictedClass(int row)
    {
        ReadOnlySpan<float> outputs = OutputsOf(row);
        return outputs.Length == 1 ? (outputs[0] > 0f ? 1 : 0) : HighestOf(outputs);
    }

    private static int HighestOf(ReadOnlySpan<float> values)
    {
        int highest = 0;
        for (int i = 1; i < values.Length; i++)
        {
            highest = values[i] > values[highest] ? i : highest;
        }

        return highest;
    }
}

/// <summary>Where the outputs and targets of a head lie within a sample's, and what they mean.</summary>
internal sealed class HeadLayout
{
    private HeadLayout(HeadDescription description, bool isOnly, HeadLayout? previous = null)
    {
        Description = description;
        IsOnly = isOnly;
        Outputs = description.OutputShape.Count;

        // Several outputs, of sigmoids or with a margin each, answer several questions at once.
        IsMultiLabel =
            description.Loss is LossKind.BinaryCrossEntropy or LossKind.ElementwiseHinge && Outputs > 1;
        HasClasses = description.Loss.HasClasses();
        Rows = IsMultiLabel ? Outputs : Math.Max(1, description.Loss.RowsPerSample(description.OutputShape));
        Width = Outputs / Rows;
        if (previous is not null)
        {
            FirstOutput = previous.FirstOutput + previous.Outputs;
            FirstLabel = previous.FirstLabel + previous.Description.LabelsPerSample;
            FirstValue = previous.FirstValue + previous.Description.ValuesPerSample;
        }
    }

    /// <summary>The head; a model of one loss is one head of the model's name.</summary>
    public HeadDescription Description { get; }

    /// <summary>Whether the model has one loss only, so that all targets are this head's.</summary>
    public bool IsOnly { get; }

    /// <summary>The number of outputs for a sample.</summary>
    public int Outputs { get; }

    /// <summary>The number of answers for a sample.</summary>
    public int Rows { get; }

    /// <summary>The number of outputs of an answer.</summary>
    public int Width { get; }

    /// <summary>Whether an answer is a class, of two or more.</summary>
    public bool HasClasses { get; }

    /// <summary>Whether each output says yes or no to a question of its own.</summary>
    public bool IsMultiLabel { get; }

    /// <summary>The number of classes of an answer.</summary>
    public int ClassCount => Math.Max(2, Width);

    private int FirstOutput { get; }

    private int FirstLabel { get; }

    private int FirstValue { get; }

    /// <summary>The heads of a model.</summary>
    public static ImmutableArray<HeadLayout> Of(ModelDescription model)
    {
        if (model.Heads.IsEmpty)
        {
            var only = new HeadDescription(model.Name, model.OutputShape, model.Loss)
            {
                IgnoredLabel = model.IgnoredLabel,
                ClassWeights = model.ClassWeights,
                TargetCount = model.TargetCount,
            };
            return [new HeadLayout(only, isOnly: true)];
        }

        var heads = ImmutableArray.CreateBuilder<HeadLayout>(model.Heads.Length);
        foreach (HeadDescription head in model.Heads)
        {
            heads.Add(new HeadLayout(head, isOnly: false, heads.Count == 0 ? null : heads[^1]));
        }

        return heads.MoveToImmutable();
    }

    /// <summary>What this head has of one sample of a batch.</summary>
    /// <param name="outputs">The model's outputs for the batch.</param>
    /// <param name="targets">The targets of all heads for the batch.</param>
    /// <param name="count">The number of samples of the batch.</param>
    /// <param name="sample">Which of them.</param>
    /// <param name="index">Which sample of the data set it is.</param>
    public MetricSample Sample(ReadOnlySpan<float> outputs, Targets targets, int count, int sample, int index)
    {
        int width = outputs.Length / count;
        int labels = targets.Labels.Length / count;
        int values = targets.Values.Length / count;
        return new MetricSample(
            this,
            outputs.Slice((sample * width) + FirstOutput, Outputs),
            targets.Labels.Slice((sample * labels) + FirstLabel, IsOnly ? labels : Description.LabelsPerSample),
            targets.Values.Slice((sample * values) + FirstValue, IsOnly ? values : Description.ValuesPerSample),
            index);
    }
}
