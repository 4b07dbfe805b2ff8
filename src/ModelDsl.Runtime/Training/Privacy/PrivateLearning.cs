using System.Numerics.Tensors;
using System.Security.Cryptography;

namespace ModelDsl;

/// <summary>What a private training does besides: it draws batches, clips, adds noise, and keeps account.</summary>
internal sealed class PrivateLearning
{
    private readonly IClippingModel _model;
    private readonly DifferentialPrivacy _options;
    private readonly PoissonOrder _order;
    private readonly ulong _seed;
    private readonly (int Start, int Length)[] _tensors;
    private double _noiseMultiplier;

    /// <summary>Private learning of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="train">What it learns from.</param>
    /// <param name="options">The options of the training, with those of privacy.</param>
    /// <exception cref="ArgumentException">The model cannot clip gradients, or the options do not fit
    /// together.</exception>
    public PrivateLearning(IModel model, IDataSource train, FitOptions options)
    {
        _options = options.Privacy!;
        _model = model as IClippingModel ?? throw new ArgumentException(
            "expected a model that clips the gradient of each sample for a private training, but "
                + $"{model.Description.Name} does not; mark it with [Model(PerSampleClipping = true)]",
            nameof(model));
        if (!options.Shuffle)
        {
            throw new ArgumentException(
                "expected samples to be drawn at random, as a private training needs, got Shuffle = false",
                nameof(options));
        }

        if (!train.SampleWeights.IsEmpty)
        {
            throw new ArgumentException(
                "expected samples without weights for a private training, whose clipping would undo them, got some",
                nameof(train));
        }

        if (_options.NoiseMultiplier is null == _options.TargetEpsilon is null)
        {
            string got = _options.TargetEpsilon is null ? "neither" : "both";
            throw new ArgumentException(
                $"expected either a noise multiplier or a target epsilon, got {got}", nameof(options));
        }

        _seed = _options.Seed ?? BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        _order = new PoissonOrder(train, options.BatchSize, options.DropLast, _seed);
        _tensors =
        [
            .. model.Description.Parameters
                .Where(parameter => parameter.Offset < model.Description.TrainableLength)
                .Select(parameter => (parameter.Offset, parameter.Shape.Count)),
        ];
    }

    /// <summary>The batches.</summary>
    public ISampleOrder Order => _order;

    /// <summary>What must be the same for a training to go on. Not the seed, which is a secret.</summary>
    public IEnumerable<KeyValuePair<string, string>> PlaceOptions =>
    [
        new(nameof(_options.MaxGradientNorm), Invariant($"{_options.MaxGradientNorm}")),
        new(nameof(_options.NoiseMultiplier), Invariant($"{_noiseMultiplier:R}")),
    ];

    /// <summary>Chooses the noise for a number of steps, where it is not given.</summary>
    /// <exception cref="ArgumentException">No noise keeps to the budget.</exception>
    public void PlanSteps(long steps) => _noiseMultiplier = _options.NoiseMultiplier
        ?? RenyiAccountant.NoiseMultiplierFor(
            _options.TargetEpsilon!.Value, _options.Delta, _order.SampleRate, Math.Max(1, steps));

    /// <summary>The sum of the clipped gradients of samples, as the model's gradients; returns their mean
    /// loss.</summary>
    public float ComputeGradients(ReadOnlySpan<float> samples, Targets targets) =>
        _model.ComputeClippedGradients(samples, targets, _options.MaxGradientNorm);

    /// <summary>Makes the gradient of a step of the sum of clipped gradients: adds noise, and divides by the expected
    /// size.</summary>
    /// <param name="sum">The sum.</param>
    /// <param name="step">The number of the step, which tells its noise from that of others.</param>
    public void Finish(FloatSpan sum, long step)
    {
        double deviation = _noiseMultiplier * _options.MaxGradientNorm;
        foreach ((int start, int length) in _tensors)
        {
            // What lies between two tensors stays 0.
            GaussianNoise.Add(sum.Slice(start, length), start, deviation, _seed, RandomStreams.Noise(step));
        }

        TensorPrimitives.Divide(sum, (float)(_order.SampleRate * _order.Count), sum);
    }

    /// <summary>What a number of steps reveals.</summary>
    public PrivacySpent Spent(long steps)
    {
        var accountant = new RenyiAccountant();
        accountant.Add(_noiseMultiplier, _order.SampleRate, steps);
        return new PrivacySpent(
            accountant.GetEpsilon(_options.Delta), _options.Delta, _noiseMultiplier, _order.SampleRate, steps);
    }
}
