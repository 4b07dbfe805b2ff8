using System.Globalization;
using System.Text;

namespace ModelDsl;

/// <summary>
/// Looks at the trainable tensors, their gradients and the outputs of layers every so many steps, so that gradients
/// that vanish or explode, and units that are dead, are seen. Give it to <see cref="FitOptions.Observers"/>, or call
/// <see cref="Add"/> in a loop of your own.
/// </summary>
/// <remarks>
/// Outputs of layers are seen where the model keeps them, <c>[Model(KeepActivations = true)]</c>: else the compiler's
/// memory plan gives their memory to other values. An observer that predicts must come after this one, since that takes
/// their memory too.
/// </remarks>
public sealed class TrainingStatistics : ITrainingObserver
{
    private readonly List<TensorStatistics> _all = [];
    private readonly List<ActivationStatistics> _activations = [];
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

    /// <summary>
    /// The outputs of layers, by step and then in data-flow order; empty for a model that does not keep them.
    /// </summary>
    public IReadOnlyList<ActivationStatistics> Activations => _activations;

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

        if (model is IInspectableModel { HasActivations: true } inspectable)
        {
            AddActivations(inspectable, step);
        }
    }

    /// <summary>
    /// The last step that was looked at, as a table with a line for each tensor, and one for the output of each layer
    /// where the model keeps them; empty where there was none.
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

        AppendActivations(text);
        return text.ToString();
    }

    /// <summary>All that was seen of tensors, as comma-separated values with a header.</summary>
    public string ToCsv()
    {
        var text = new StringBuilder(
            "step,tensor,mean,std,norm,max,zeros,"
                + "gradient_mean,gradient_std,gradient_norm,gradient_max,gradient_zeros\n");
        foreach (TensorStatistics seen in _all)
        {
            text.Append(CultureInfo.InvariantCulture, $"{seen.Step},{seen.Tensor}");
            AppendCsv(text, seen.Parameters);
            AppendCsv(text, seen.Gradients);
            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>All that was seen of layers' outputs, as comma-separated values with a header.</summary>
    public string ActivationsToCsv()
    {
        var text = new StringBuilder("step,layer,mean,std,norm,max,zeros,dead\n");
        foreach (ActivationStatistics seen in _activations)
        {
            text.Append(CultureInfo.InvariantCulture, $"{seen.Step},{seen.Layer}");
            AppendCsv(text, seen.Values);
            text.Append(CultureInfo.InvariantCulture, $",{seen.DeadShare}\n");
        }

        return text.ToString();
    }

    /// <summary>
    /// All that was seen, as a picture in SVG: over the steps, on a logarithmic axis, the root of the mean square of
    /// each tensor's gradient, and where the model keeps them that of each layer's output and its share of dead units.
    /// Colours run from the first layer, dark, to the last. Gradients that vanish towards the first layers fan out
    /// downwards.
    /// </summary>
    public string ToSvg()
    {
        const string Size = "root of the mean square";
        List<LineChart> charts =
        [
            Chart(
                $"gradients, {Size}",
                isLogarithmic: true,
                _all,
                seen => seen.Tensor,
                seen => (seen.Step, seen.Gradients.RootMeanSquare)),
        ];
        if (_activations.Count > 0)
        {
            charts.Add(Chart(
                $"outputs of layers, {Size}",
                isLogarithmic: true,
                _activations,
                seen => seen.Layer,
                seen => (seen.Step, seen.Values.RootMeanSquare)));
            charts.Add(Chart(
                "share of dead units",
                isLogarithmic: false,
                _activations,
                seen => seen.Layer,
                seen => (seen.Step, seen.DeadShare)));
        }

        return LineChart.ToSvg([.. charts]);
    }

    private static LineChart Chart<T>(
        string title, bool isLogarithmic, List<T> all, Func<T, string> nameOf, Func<T, (double, double)> pointOf) =>
        new(title, "step", [.. all.GroupBy(nameOf).Select(line => new ChartLine(line.Key, [.. line.Select(pointOf)]))])
        {
            IsVerticalLogarithmic = isLogarithmic,
        };

    private static void AppendCsv(StringBuilder text, ValueStatistics values)
    {
        text.Append(CultureInfo.InvariantCulture, $",{values.Mean},{values.StandardDeviation},{values.Norm}");
        text.Append(CultureInfo.InvariantCulture, $",{values.Largest},{values.ZeroShare}");
    }

    private void AddActivations(IInspectableModel model, long step)
    {
        ImmutableArray<ActivationDescription> activations = model.Description.Activations;
        for (int i = 0; i < activations.Length; i++)
        {
            ReadOnlySpan<float> values = model.GetActivation(i);
            _activations.Add(new ActivationStatistics(
                step,
                activations[i].Layer,
                ValueStatistics.Of(values),
                ValueStatistics.ZeroColumns(values, activations[i].Shape.Dimensions[^1])));
        }
    }

    private void AppendActivations(StringBuilder text)
    {
        ActivationStatistics[] last = [.. _activations.Where(seen => seen.Step == _all[^1].Step)];
        if (last.Length == 0)
        {
            return;
        }

        int width = Math.Max("layer".Length, last.Max(seen => seen.Layer.Length));
        text.Append('\n').Append("layer".PadRight(width))
            .Append("  output mean  output std output norm  output max       zeros        dead\n");
        foreach (ActivationStatistics seen in last)
        {
            ValueStatistics values = seen.Values;
            text.Append(seen.Layer.PadRight(width)).Append(string.Create(
                CultureInfo.InvariantCulture,
                $" {values.Mean,12:0.00E+00}{values.StandardDeviation,12:0.00E+00}{values.Norm,12:0.00E+00}"));
            text.Append(string.Create(
                CultureInfo.InvariantCulture,
                $"{values.Largest,12:0.00E+00}{values.ZeroShare,12:0.0%}{seen.DeadShare,12:0.0%}\n"));
        }
    }
}
