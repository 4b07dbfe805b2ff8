using MnistSample.Errors;
using ModelDsl;

namespace CharGptSample.Training;

/// <summary>Trains the model to tell the next character, with the settings that nanoGPT proposes for a processor.</summary>
internal sealed class LanguageModelTraining
{
    private const int BatchSize = 12;
    private const int Measurements = 8;
    private const int WarmUpSteps = 100;

    // So that a training that goes on until it is stopped tells how it goes.
    private const int MostStepsBetweenMeasurements = 1000;

    // Enough to follow the training by; the last measurement takes all.
    private const int QuickValidationWindows = 200;

    private static readonly int Context = CharGpt.Architecture.InputShape.Count;
    private static readonly int Vocabulary = CharGpt.Architecture.OutputShape.Dimensions[^1];

    private readonly Trainer<CharGpt> _trainer;
    private readonly IDataSource _train;
    private readonly IDataSource _validation;
    private readonly FitOptions _options;

    /// <summary>A training on the first 90 % of a text, measured on the rest.</summary>
    /// <param name="model">The model.</param>
    /// <param name="text">The text as tokens.</param>
    /// <param name="steps">The number of steps.</param>
    /// <param name="learningRate">The highest learning rate.</param>
    /// <param name="seed">What the order of the text's pieces is drawn from.</param>
    /// <exception cref="UserErrorException">The text is too short.</exception>
    public LanguageModelTraining(CharGpt model, int[] text, int steps, float learningRate, ulong seed)
    {
        int split = (int)(text.Length * 0.9);
        if (text.Length - split <= Context)
        {
            throw new UserErrorException($"expected a text of at least {(Context + 1) * 10} characters, got {text.Length}");
        }

        int warmUp = Math.Min(WarmUpSteps, Math.Max(1, steps - 1));
        var optimizer = new AdamW
        {
            LearningRate = learningRate,
            Beta1 = 0.9f,
            Beta2 = 0.99f,
            WeightDecay = 0.1f,
            MaxGradientNorm = 1f,
        };
        _trainer = new Trainer<CharGpt>(model, optimizer);
        _train = Dataset.FromText(text[..split], Context, Vocabulary);
        _validation = Dataset.FromText(text[split..], Context, Vocabulary, stride: Context);
        _options = new FitOptions
        {
            Steps = steps,
            StepsPerEpoch = (int)Math.Min(MostStepsBetweenMeasurements, ((long)steps + Measurements - 1) / Measurements),
            BatchSize = BatchSize,
            Seed = seed,
            Schedule = LearningRateSchedule
                .Cosine(learningRate, Math.Max(1, steps - warmUp), final: learningRate / 10)
                .WithWarmUp(warmUp, startFactor: 1f / warmUp),
            Validation = Some(_validation),
            ValidationBatchSize = BatchSize,
        };
    }

    /// <summary>Trains, with a measurement after each eighth of the steps.</summary>
    /// <param name="observers">Who watches.</param>
    /// <param name="resumeFrom">The checkpoint to go on from, or null.</param>
    /// <param name="cancellation">Ends the training after the step at hand.</param>
    public History Run(ITrainingObserver[] observers, string? resumeFrom, CancellationToken cancellation) =>
        _trainer.Fit(_train, _options with { Observers = [.. observers], ResumeFrom = resumeFrom }, cancellation);

    /// <summary>The loss on all of the text that is not trained on.</summary>
    /// <exception cref="OperationCanceledException">The user stopped it.</exception>
    public double Validate(CancellationToken cancellation) => _trainer.Evaluate(_validation, BatchSize, cancellation).Loss;

    private static IDataSource Some(IDataSource windows) => windows.Count <= QuickValidationWindows
        ? windows
        : windows.Subset(
            [.. Enumerable.Range(0, QuickValidationWindows).Select(i => (int)((long)i * windows.Count / QuickValidationWindows))]);
}
