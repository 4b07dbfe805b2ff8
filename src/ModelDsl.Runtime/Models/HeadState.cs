namespace ModelDsl.CompilerServices;

/// <summary>What an instance of a model with several heads keeps of each: where its outputs lie, its loss, its targets.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class HeadState
{
    private readonly ModelState _model;
    private readonly HeadDescription[] _heads;
    private readonly (int Start, int Length)[] _outputs;
    private readonly float[] _losses;
    private readonly int[][] _labels;
    private readonly float[][] _values;

    // Where each head's targets start within a sample's, and behind the last one their number.
    private readonly int[] _labelStarts;
    private readonly int[] _valueStarts;

    internal HeadState(ModelState model)
    {
        _model = model;
        _heads = [.. model.Description.Heads];
        _outputs = new (int, int)[_heads.Length];
        _losses = new float[_heads.Length];
        _labels = [.. _heads.Select(_ => Array.Empty<int>())];
        _values = [.. _heads.Select(_ => Array.Empty<float>())];
        _labelStarts = Starts(static head => head.LabelsPerSample);
        _valueStarts = Starts(static head => head.ValuesPerSample);
    }

    /// <summary>The mean loss of each head in the last batch, without its weight.</summary>
    /// <exception cref="InvalidOperationException">Another thread is computing the next ones.</exception>
    public ReadOnlySpan<float> Losses
    {
        get
        {
            _model.RequireMine();
            return _losses;
        }
    }

    /// <summary>Notes a head's loss, and gives it back.</summary>
    public float SetLoss(int head, float loss) => _losses[head] = loss;

    /// <summary>The loss that was noted last for a head, within a use.</summary>
    internal float LossOf(int head) => _losses[head];

    /// <summary>Notes where in the arena the outputs of a head of the batch that has just run lie.</summary>
    public void SetOutputs(int head, int start, int length) => _outputs[head] = (start, length);

    /// <summary>The outputs of a head for the last batch, as a span that keeps them alive.</summary>
    /// <exception cref="InvalidOperationException">Another thread is computing the next ones.</exception>
    public ReadOnlySpan<float> Outputs(int head)
    {
        _model.RequireMine();
        return _model.ArenaMemory.Span.Slice(_outputs[head].Start, _outputs[head].Length);
    }

    /// <summary>The outputs of a head for kernels.</summary>
    public FloatSpan View(int head) => _model.View(_model.ArenaMemory).Slice(_outputs[head].Start, _outputs[head].Length);

    /// <summary>The part of a batch's targets that belongs to a head, without gaps. Valid until the head's next call.</summary>
    /// <param name="head">The number of the head.</param>
    /// <param name="targets">For each sample the targets of all heads, in order.</param>
    /// <param name="batch">The number of samples.</param>
    /// <exception cref="ArgumentException">There are too few or too many targets.</exception>
    public Targets TargetsOf(int head, Targets targets, int batch)
    {
        (int labels, int values) = (_labelStarts[^1], _valueStarts[^1]);
        Check(targets.Labels.Length, batch, labels, "labels");
        Check(targets.Values.Length, batch, values, "target values");
        int headLabels = _labelStarts[head + 1] - _labelStarts[head];
        if (headLabels > 0)
        {
            return WithWeights(
                new Targets(Gather(targets.Labels, ref _labels[head], labels, _labelStarts[head], headLabels, batch)),
                targets,
                head);
        }

        int headValues = _valueStarts[head + 1] - _valueStarts[head];
        return WithWeights(
            headValues > 0
                ? new Targets(Gather(targets.Values, ref _values[head], values, _valueStarts[head], headValues, batch))
                : default,
            targets,
            head);
    }

    // The weights of the samples are those of all heads, but each head has a total of its own.
    private Targets WithWeights(Targets own, Targets all, int head)
    {
        if (!all.TotalWeights.IsEmpty && all.TotalWeights.Length != _heads.Length)
        {
            throw new ArgumentException(
                $"expected {_heads.Length} total weights, one for each head, got {all.TotalWeights.Length}");
        }

        return own with
        {
            SampleWeights = all.SampleWeights,
            TotalWeights = all.TotalWeights.IsEmpty ? default : all.TotalWeights.Slice(head, 1),
        };
    }

    private int[] Starts(Func<HeadDescription, int> count)
    {
        int[] starts = new int[_heads.Length + 1];
        for (int i = 0; i < _heads.Length; i++)
        {
            starts[i + 1] = starts[i] + count(_heads[i]);
        }

        return starts;
    }

    private void Check(int length, int batch, int perSample, string what)
    {
        if (length != (long)batch * perSample)
        {
            IEnumerable<string> parts = _heads.Select(head => head.LabelsPerSample > 0
                ? $"{head.LabelsPerSample} labels for {head.Name}"
                : $"{head.ValuesPerSample} values for {head.Name}");
            throw new ArgumentException(
                $"expected {(long)batch * perSample} {what} ({batch} samples x {perSample}; a sample has {string.Join(", ", parts)}), got {length}");
        }
    }

    private static ReadOnlySpan<T> Gather<T>(
        ReadOnlySpan<T> all, ref T[] buffer, int stride, int start, int count, int batch)
    {
        if (count == stride)
        {
            return all;
        }

        if (buffer.Length < batch * count)
        {
            buffer = new T[batch * count];
        }

        for (int sample = 0; sample < batch; sample++)
        {
            all.Slice((sample * stride) + start, count).CopyTo(buffer.AsSpan(sample * count));
        }

        return buffer.AsSpan(0, batch * count);
    }
}
