namespace ModelDsl;

/// <summary>
/// Finds a learning rate: trains for some steps while the rate grows from very small to too large, and records the
/// loss. Smith, "Cyclical Learning Rates for Training Neural Networks" (2017).
/// </summary>
public static class LearningRateRangeTest
{
    // fastai's: what is kept of the running mean, and how many times the best loss ends the test.
    private const double Kept = 0.98;
    private const double Diverged = 4;

    /// <summary>
    /// Step i of n is taken with the rate from·(to/from)^(i/(n − 1)). The test ends early where the smoothed loss is
    /// four times the best, or something is not finite. Afterwards the model (parameters, statistics and training step)
    /// and the optimizer (state and learning rate) are as they were before.
    /// </summary>
    /// <param name="model">The model, as training would begin with it.</param>
    /// <param name="optimizer">The optimizer with its settings; it then belongs to the model.</param>
    /// <param name="data">What to train on.</param>
    /// <param name="from">The first rate, positive.</param>
    /// <param name="to">The last rate, larger than the first.</param>
    /// <param name="steps">The number of steps, at least 2.</param>
    /// <param name="batchSize">The number of samples of a step, at least 1.</param>
    /// <param name="seed">Determines the order of the samples.</param>
    /// <param name="cancellationToken">Ends the test after the batch at hand.</param>
    /// <exception cref="ArgumentException">An argument is out of range, or the data does not fit the model.</exception>
    /// <exception cref="InvalidOperationException">Another caller is using the model.</exception>
    /// <exception cref="NotSupportedException">The optimizer cannot save its state.</exception>
    /// <exception cref="OperationCanceledException">The test was cancelled.</exception>
    public static LearningRateRange Run(
        IModel model,
        IOptimizer optimizer,
        IDataSource data,
        float from = 1e-7f,
        float to = 10f,
        int steps = 100,
        int batchSize = 32,
        ulong seed = 0,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(data);
        if (!(from > 0f && from < to && float.IsFinite(to)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(from), Invariant($"expected positive finite rates that grow, got {from} to {to}"));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        using ModelHold hold = model.Hold(ModelAccess.Change);
        var loader = new BatchLoader(model, data, batchSize);
        OptimizerState state = optimizer.GetState();
        state = state with
        {
            Tensors = [.. state.Tensors.Select(tensor => tensor with { Values = tensor.Values.ToArray() })],
        };
        float[] parameters = model.Parameters.ToArray();
        long trainingStep = model.TrainingStep;
        float rate = optimizer.LearningRate;
        try
        {
            return LearningRateRange.Of(Measure());
        }
        finally
        {
            parameters.CopyTo(model.Parameters);
            model.TrainingStep = trainingStep;
            optimizer.SetState(state);
            optimizer.LearningRate = rate;
        }

        List<LearningRatePoint> Measure()
        {
            var points = new List<LearningRatePoint>();
            var order = new SampleOrder(data, Math.Min(batchSize, data.Count), dropLast: true, seed);
            double mean = 0, best = double.PositiveInfinity;
            for (int step = 0; step < steps; step++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                optimizer.LearningRate = (float)(from * Math.Pow((double)to / from, (double)step / (steps - 1)));
                ReadOnlySpan<float> samples = loader.Load(order, step, out Targets targets);
                double loss = model.ComputeGradients(samples, targets);
                mean = (Kept * mean) + ((1 - Kept) * loss);
                double smoothed = mean / (1 - Math.Pow(Kept, step + 1));
                if (!double.IsFinite(smoothed) || smoothed > Diverged * best || !FiniteCheck.AreFinite(model.Gradients))
                {
                    break;
                }

                points.Add(new LearningRatePoint(optimizer.LearningRate, loss, smoothed));
                best = smoothed > 0 ? Math.Min(best, smoothed) : double.PositiveInfinity;
                optimizer.Step(model);
            }

            return points;
        }
    }
}

/// <summary>What a <see cref="LearningRateRangeTest"/> has measured.</summary>
/// <param name="Points">The points, by growing rates; <see cref="ToSvg"/> plots them.</param>
/// <param name="Suggestion">
/// The rate at which the loss fell fastest, by the logarithm of the rate, over a fifth of the points: a good first
/// choice. Null where it never fell.
/// </param>
public sealed record LearningRateRange(ImmutableArray<LearningRatePoint> Points, float? Suggestion)
{
    /// <summary>
    /// The losses, and the smoothed ones, over the logarithm of the rate as a picture in SVG, with a line at the
    /// suggestion.
    /// </summary>
    public string ToSvg() => LineChart.ToSvg(
        new LineChart(
            "loss",
            "learning rate",
            [
                new("loss", [.. Points.Select(point => ((double)point.LearningRate, point.Loss))]),
                new("smoothed", [.. Points.Select(point => ((double)point.LearningRate, point.SmoothedLoss))]),
            ])
        {
            IsHorizontalLogarithmic = true,
            Mark = Suggestion,
        });

    internal static LearningRateRange Of(List<LearningRatePoint> points)
    {
        // The slope of the line that fits a point and its neighbours best: single batches are too noisy to compare.
        int half = Math.Max(1, points.Count / 10);
        float? suggestion = null;
        double steepest = 0;
        for (int i = half; i < points.Count - half; i++)
        {
            double slope = 0;
            for (int k = -half; k <= half; k++)
            {
                slope += k * points[i + k].Loss;
            }

            if (slope < steepest)
            {
                (steepest, suggestion) = (slope, points[i].LearningRate);
            }
        }

        return new LearningRateRange([.. points], suggestion);
    }
}

/// <summary>One step of a <see cref="LearningRateRangeTest"/>.</summary>
/// <param name="LearningRate">The rate that the step was taken with.</param>
/// <param name="Loss">The loss of its batch, before the step.</param>
/// <param name="SmoothedLoss">The running mean of the losses so far, corrected for its beginning.</param>
public readonly record struct LearningRatePoint(float LearningRate, double Loss, double SmoothedLoss);
