using System.Globalization;
using System.Numerics.Tensors;
using System.Text;

namespace ModelDsl;

/// <summary>What a tensor and its gradient looked like after a step.</summary>
/// <param name="Step">The step, counted from 1 over all epochs.</param>
/// <param name="Tensor">The tensor's name, such as <c>dense1.weight</c>.</param>
/// <param name="Parameters">The values after the step.</param>
/// <param name="Gradients">The gradient that the step was taken by, of the last part of an accumulated batch.</param>
public readonly record struct TensorStatistics(
    long Step, string Tensor, ValueStatistics Parameters, ValueStatistics Gradients);

/// <summary>What some values look like.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="StandardDeviation">√(mean of (x − mean)²).</param>
/// <param name="Norm">√Σx².</param>
/// <param name="Largest">The largest |x|.</param>
/// <param name="ZeroShare">The share of values that are 0, in [0, 1].</param>
public readonly record struct ValueStatistics(
    double Mean, double StandardDeviation, double Norm, double Largest, double ZeroShare)
{
    /// <summary>The statistics of values; not numbers where one is not, or there are none.</summary>
    public static ValueStatistics Of(ReadOnlySpan<float> values)
    {
        // In double precision: the squares of small gradients would vanish.
        (double sum, double squares, int zeros) = (0, 0, 0);
        foreach (float value in values)
        {
            sum += value;
            squares += (double)value * value;
            zeros += value == 0f ? 1 : 0;
        }

        if (values.IsEmpty)
        {
            return new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        }

        double mean = sum / values.Length;
        double deviations = 0;
        foreach (float value in values)
        {
            deviations += (value - mean) * (value - mean);
        }

        return new(
            mean,
            Math.Sqrt(deviations / values.Length),
            Math.Sqrt(squares),
            Math.Abs((double)TensorPrimitives.MaxMagnitude(values)),
            zeros / (double)values.Length);
    }
}

/// <summary>
/// Looks at the trainable tensors and their gradients every so many steps, so that gradients that vanish or explode are
/// seen. Give it to <see cref="FitOptions.Observers"/>, or call <see cref="Add"/> in a loop of your own.
/// </summary>
/// <remarks>
/// Outputs of layers are not seen: the compiler's memory plan gives their memory to other values.
/// </remarks>
public sealed class TrainingStatistics : ITrainingObserver
{
    private readonly List<TensorStatistics> _all = [];
    private readonly int _every;
    private TrainingRun? _run;

    /// <summary>Looks at the tensors after every step whose number is a multiple of <paramref name="every"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public TrainingStatistics(int every = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(every);
        _every = every;
    }

    /// <summary>
    /// All that was seen, by step and then in the order of the tensors in memory: a series for each tensor.
    /// </summary>
    public IReadOnlyList<TensorStatistics> All => _all;

    /// <inheritdoc />
    public void OnStarted(TrainingRun run) => _run = run;

    /// <inheritdoc />
    public void OnBatchCompleted(in BatchResult result)
    {
        if (_run is not null && result.Step % _every == 0)
        {
            Add(_run.Model, result.Step);
        }
    }

    /// <summary>Looks at a model after a step.</summary>
    /// <param name="model">The model, whose gradients are still those of the step.</param>
    /// <param name="step">The number of the step.</param>
    public void Add(IModel model, long step)
    {
        ArgumentNullException.ThrowIfNull(model);
        ReadOnlySpan<float> parameters = model.Parameters;
        ReadOnlySpan<float> gradients = model.Gradients;
        foreach (ParameterDescription tensor in model.Description.Parameters)
        {
            if (tensor.Offset < model.Description.TrainableLength)
            {
                _all.Add(new TensorStatistics(
                    step,
                    tensor.Name,
                    ValueStatistics.Of(parameters.Slice(tensor.Offset, tensor.Shape.Count)),
                    ValueStatistics.Of(gradients.Slice(tensor.Offset, tensor.Shape.Count))));
            }
        }
    }

    /// <summary>
    /// The last step that was looked at, as a table with a line for each tensor; empty where there was none.
    /// </summary>
    public string ToTable()
    {
        if (_all.Count == 0)
        {
            return "";
        }

        TensorStatistics[] last = [.. _all.Where(seen => seen.Step == _all[^1].Step)];
        int width = Math.Max("tensor".Length, last.Max(seen => seen.Tensor.Length));
        var text = new StringBuilder();
        text.Append("tensor".PadRight(width))
            .Append("        mean         std        norm")
            .Append("     grad mean    grad std   grad norm    grad max  grad zeros\n");
        foreach (TensorStatistics seen in last)
        {
            (ValueStatistics value, ValueStatistics gradient) = (seen.Parameters, seen.Gradients);
            text.Append(seen.Tensor.PadRight(width)).Append(string.Create(
                CultureInfo.InvariantCulture,
                $"{value.Mean,12:0.00E+00}{value.StandardDeviation,12:0.00E+00}{value.Norm,12:0.00E+00}"));
            text.Append(string.Create(
                CultureInfo.InvariantCulture,
                $"  {gradient.Mean,12:0.00E+00}{gradient.StandardDeviation,12:0.00E+00}{gradient.Norm,12:0.00E+00}"));
            text.Append(string.Create(
                CultureInfo.InvariantCulture, $"{gradient.Largest,12:0.00E+00}{gradient.ZeroShare,12:0.0%}\n"));
        }

        return text.ToString();
    }

    /// <summary>All that was seen, as comma-separated values with a header, for a plot.</summary>
    public string ToCsv()
    {
        var text = new StringBuilder(
            "step,tensor,mean,std,norm,max,zeros,"
                + "gradient_mean,gradient_std,gradient_norm,gradient_max,gradient_zeros\n");
        foreach (TensorStatistics seen in _all)
        {
            text.Append(CultureInfo.InvariantCulture, $"{seen.Step},{seen.Tensor}");
            foreach (ValueStatistics values in (ReadOnlySpan<ValueStatistics>)[seen.Parameters, seen.Gradients])
            {
                text.Append(CultureInfo.InvariantCulture, $",{values.Mean},{values.StandardDeviation},{values.Norm}");
                text.Append(CultureInfo.InvariantCulture, $",{values.Largest},{values.ZeroShare}");
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
