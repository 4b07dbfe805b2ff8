namespace ModelDsl.Loggers.Tests;

/// <summary>What the loggers watch.</summary>
[Model]
[Input(2), Dense(2), SoftmaxCrossEntropy]
internal sealed partial class Watched;

/// <summary>A regression, which has no accuracy.</summary>
[Model]
[Input(2), Dense(1), MeanSquaredError]
internal sealed partial class WatchedRegression;

internal static class Trainings
{
    private static readonly Dataset Data =
        Dataset.FromLabels(new Shape(2), [1f, 0f, 0f, 1f, 1f, 1f, 0f, 0f], [0, 1, 1, 0]);

    public static History Run(params ReadOnlySpan<ITrainingObserver> observers) => Run(validates: true, observers);

    public static History Run(bool validates, params ReadOnlySpan<ITrainingObserver> observers) =>
        new Trainer<Watched>(new Watched(seed: 1), new Sgd { LearningRate = 0.5f }).Fit(
            Data,
            new FitOptions
            {
                Epochs = 3,
                BatchSize = 2,
                Validation = validates ? Data : null,
                Metrics = validates ? [Metric.F1(Averaging.Macro)] : [],
                Observers = [.. observers],
            });

    public static History RunRegression(bool validates, params ReadOnlySpan<ITrainingObserver> observers)
    {
        Dataset data = Dataset.FromValues(new Shape(2), [1f, 0f, 0f, 1f], [1f, 2f]);
        return new Trainer<WatchedRegression>(new WatchedRegression(seed: 1), new Sgd()).Fit(
            data,
            new FitOptions { Epochs = 2, Validation = validates ? data : null, Observers = [.. observers] });
    }
}
