using System.Diagnostics;
using System.Numerics.Tensors;
using MnistSample.Errors;
using ModelDsl;

namespace CharGptSample.Training;

/// <summary>Trains the model to tell the next character, with the settings that nanoGPT proposes for a processor.</summary>
internal sealed class LanguageModelTraining
{
    private const int BatchSize = 12;
    private const int Measurements = 8;

    // So that a training that goes on until it is stopped tells how it goes.
    private const int MostStepsBetweenMeasurements = 1000;

    // Enough to follow the training by; the last measurement takes all.
    private const int QuickValidationWindows = 200;

    private static readonly int Context = CharGpt.Architecture.InputShape.Count;
    private static readonly int Vocabulary = CharGpt.Architecture.OutputShape.Dimensions[^1];

    private readonly CharGpt _model;
    private readonly Dataset _train;
    private readonly Dataset _validation;
    private readonly int _steps;
    private readonly Random _random;
    private readonly LearningRateSchedule _schedule;

    private readonly AdamW _optimizer = new() { Beta1 = 0.9f, Beta2 = 0.99f, WeightDecay = 0.1f, MaxGradientNorm = 1f };

    /// <summary>A training on the first 90 % of a text, measured on the rest.</summary>
    /// <param name="model">The model.</param>
    /// <param name="text">The text as tokens.</param>
    /// <param name="steps">The number of steps.</param>
    /// <param name="learningRate">The highest learning rate.</param>
    /// <param name="seed">What the windows are drawn from.</param>
    /// <exception cref="UserErrorException">The text is too short.</exception>
    public LanguageModelTraining(CharGpt model, int[] text, int steps, float learningRate, ulong seed)
    {
        int split = (int)(text.Length * 0.9);
        if (text.Length - split <= Context)
        {
            throw new UserErrorException($"expected a text of at least {(Context + 1) * 10} characters, got {text.Length}");
        }

        _model = model;
        _steps = steps;
        _random = new Random((int)(seed % int.MaxValue));
        _train = Dataset.FromText(text[..split], Context, Vocabulary);
        _validation = Dataset.FromText(text[split..], Context, Vocabulary, stride: Context);
        _schedule = new LearningRateSchedule(learningRate, learningRate / 10, Math.Min(100, steps), steps);
    }

    /// <summary>Trains, and tells of each measurement and, between them, of each step with its loss.</summary>
    /// <exception cref="NotFiniteNumberException">The loss became infinite or not a number.</exception>
    public List<Measurement> Run(Action<int, float> onStep, Action<Measurement> onMeasured, CancellationToken cancellation)
    {
        var measurements = new List<Measurement>();
        int[] windows = new int[BatchSize];
        int[] labels = new int[BatchSize * Context];
        double lossSum = 0;
        int since = 0;
        long start = Stopwatch.GetTimestamp();
        int interval = (int)Math.Min(MostStepsBetweenMeasurements, ((long)_steps + Measurements - 1) / Measurements);
        int step = 0;
        while (step < _steps)
        {
            step++;
            cancellation.ThrowIfCancellationRequested();
            float loss = Step(windows, labels, step);
            lossSum += loss;
            since++;
            onStep(step, loss);
            if (step % interval == 0 || step == _steps)
            {
                double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                double validation = Validate(all: step == _steps, cancellation);
                var measurement = new Measurement(step, lossSum / since, validation, since * BatchSize * Context / seconds);
                measurements.Add(measurement);
                onMeasured(measurement);
                (lossSum, since, start) = (0, 0, Stopwatch.GetTimestamp());
            }
        }

        return measurements;
    }

    private float Step(int[] windows, int[] labels, int step)
    {
        foreach (ref int window in windows.AsSpan())
        {
            window = _random.Next(_train.Count);
        }

        Span<float> samples = _model.GetInputBuffer(BatchSize);
        _train.GatherSamples(windows, samples);
        _train.GatherLabels(windows, labels);
        float loss = _model.ComputeGradients(samples, labels);
        if (!float.IsFinite(loss))
        {
            throw new NotFiniteNumberException(
                FormattableString.Invariant($"the loss became {loss} in step {step}; try a lower learning rate"), loss);
        }

        if (!TensorPrimitives.IsFiniteAll(_model.Gradients))
        {
            throw new NotFiniteNumberException($"the loss is {loss} in step {step}, but a gradient is not finite; try a lower learning rate");
        }

        _optimizer.LearningRate = _schedule.At(step);
        _optimizer.Step(_model.TrainableParameters, _model.Gradients);
        return loss;
    }

    private double Validate(bool all, CancellationToken cancellation)
    {
        IDataSource windows = all || _validation.Count <= QuickValidationWindows
            ? _validation
            : _validation.Subset([.. Enumerable.Range(0, QuickValidationWindows).Select(i => (int)((long)i * _validation.Count / QuickValidationWindows))]);
        return new Trainer<CharGpt>(_model, _optimizer).Evaluate(windows, batchSize: BatchSize, cancellation).Loss;
    }
}
