namespace ModelDsl;

/// <summary>
/// The statistics that a model's forward pass of training moves, such as the running mean of a batch normalisation, kept so
/// that a batch that turns out to be no good leaves no trace in them. Keeps without allocation.
/// </summary>
internal sealed class StatisticsBackup
{
    private readonly IModel _model;
    private readonly (int Start, int Length)[] _parts;
    private readonly float[] _values;
    private long _trainingStep;

    /// <summary>A backup of one model, empty until <see cref="Keep"/>.</summary>
    public StatisticsBackup(IModel model)
    {
        _model = model;
        _parts =
        [
            .. model.Description.Parameters
                .Where(parameter => parameter.IsStatistic)
                .Select(parameter => (parameter.Offset, parameter.Shape.Count)),
        ];
        _values = new float[_parts.Sum(part => part.Length)];
    }

    /// <summary>Keeps the statistics as they are, and the training step, which dropout's masks depend on.</summary>
    public void Keep()
    {
        _trainingStep = _model.TrainingStep;
        if (_parts.Length == 0)
        {
            return;
        }

        Span<float> parameters = _model.Parameters;
        int first = 0;
        foreach ((int start, int length) in _parts)
        {
            parameters.Slice(start, length).CopyTo(_values.AsSpan(first));
            first += length;
        }
    }

    /// <summary>Brings back what was kept.</summary>
    public void Restore()
    {
        _model.TrainingStep = _trainingStep;
        Span<float> parameters = _model.Parameters;
        int first = 0;
        foreach ((int start, int length) in _parts)
        {
            _values.AsSpan(first, length).CopyTo(parameters[start..]);
            first += length;
        }
    }
}
