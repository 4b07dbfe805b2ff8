using System.Reflection;
using ModelDsl.Tests.Reference.Methods;

namespace ModelDsl.Tests.Reference;

/// <summary>
/// A model as its attributes and methods say, slow and in double precision: what the compiled model must agree with. It
/// knows nothing of the compiler but the names and places of the parameters.
/// </summary>
internal sealed class ReferenceModel
{
    /// <summary>Half the distance of the two values of a central difference.</summary>
    public const double DefaultStep = 1e-5;

    private readonly ReferenceContext _context;
    private readonly List<IReferenceLayer> _layers;
    private readonly IReferenceLoss _loss;
    private readonly double _weight;

    /// <summary>Builds the model of a class, with the parameters of an instance.</summary>
    /// <param name="model">The instance.</param>
    /// <param name="twin">
    /// The class whose attributes and methods say what it computes; by default its own, or that of the test model of
    /// its name (<see cref="MethodTwins"/>).
    /// </param>
    public ReferenceModel(IModel model, Type? twin = null)
    {
        _context = new ReferenceContext(model.Description);
        object[] parts = _context.Create(twin ?? MethodTwins.OfTestModel(model.GetType()));
        _layers = [.. parts.OfType<IReferenceLayer>()];
        _loss = parts.OfType<IReferenceLoss>().Single();
        _weight = model.GetType().GetCustomAttributes<LossAttribute>().SingleOrDefault()?.Weight ?? 1;
        ReadOnlySpan<float> parameters = model.Parameters;
        for (int i = 0; i < parameters.Length; i++)
        {
            Parameters[i] = parameters[i];
        }

        RoundWeights(model.Description);
    }

    /// <summary>All parameters, laid out as the compiled model's own.</summary>
    public double[] Parameters => _context.Parameters;

    /// <summary>What dropout masks are drawn from, or null for inference mode.</summary>
    public DropoutDraw? Draw
    {
        get => _context.Draw;
        set => _context.Draw = value;
    }

    /// <summary>What is added to the samples of a batch, element by element; nothing where it is empty.</summary>
    public double[] Shift { get; set; } = [];

    /// <summary>The outputs for a batch.</summary>
    public double[] Forward(Batch batch) => Outputs(batch)[^1];

    /// <summary>The outputs of each layer of the model's own list for a batch, that of the input first.</summary>
    public List<double[]> Outputs(Batch batch)
    {
        double[] values = [.. batch.Samples.Select((value, i) => value + (Shift.Length == 0 ? 0 : Shift[i]))];
        List<double[]> outputs = [];
        foreach (IReferenceLayer layer in _layers)
        {
            outputs.Add(values = layer.Forward(values, batch.Size));
        }

        return outputs;
    }

    /// <summary>The mean loss of a batch; in training mode with the penalties.</summary>
    public double Loss(Batch batch)
    {
        _context.ActivityPenalty = 0;
        double[] outputs = Forward(batch);
        return WithPenalties(_weight * (batch.SampleWeights.Length == 0
            ? _loss.Evaluate(outputs, batch)
            : WeightedLoss(outputs, batch)));
    }

    // Σ w·l / Σ w, where a sample counts as often as its labels do.
    private double WeightedLoss(double[] outputs, Batch batch)
    {
        double sum = 0, weights = 0;
        int length = outputs.Length / batch.Size;
        for (int i = 0; i < batch.Size; i++)
        {
            Batch sample = batch.Part(i, 1) with { SampleWeights = [] };
            double weight = batch.SampleWeights[i] * _context.LabelWeight(sample);
            sum += weight * _loss.Evaluate(outputs[(i * length)..((i + 1) * length)], sample);
            weights += weight;
        }

        return weights == 0 ? 0 : sum / weights;
    }

    /// <summary>
    /// Σ factors·outputs; in training mode with the penalties: what a backward pass from the factors derives.
    /// </summary>
    public double Projection(Batch batch, double[] factors)
    {
        _context.ActivityPenalty = 0;
        return WithPenalties(Forward(batch).Zip(factors, (output, factor) => output * factor).Sum());
    }

    /// <summary>
    /// The derivative of the loss along a direction, by central differences. The error is of the order of 1e-10: the step's
    /// square in the one part, double's precision divided by the step in the other.
    /// </summary>
    public double Derivative(Batch batch, double[] direction, double step = DefaultStep) =>
        Derivative(() => Loss(batch), direction, step);

    /// <summary>The derivative of a function of the parameters along a direction, likewise.</summary>
    public double Derivative(Func<double> function, double[] direction, double step = DefaultStep) =>
        (Move(function, direction, step) - Move(function, direction, -step)) / (2 * step);

    /// <summary>The derivative of a function of the samples by one element of them, likewise.</summary>
    public double InputDerivative(Func<double> function, Batch batch, int element)
    {
        Shift = new double[batch.Samples.Length];
        Shift[element] = DefaultStep;
        double above = function();
        Shift[element] = -DefaultStep;
        double below = function();
        Shift = [];
        return (above - below) / (2 * DefaultStep);
    }

    /// <summary>The derivative of the loss by one parameter.</summary>
    public double Derivative(Batch batch, int parameter)
    {
        double kept = Parameters[parameter];
        Parameters[parameter] = kept + DefaultStep;
        double above = Loss(batch);
        Parameters[parameter] = kept - DefaultStep;
        double below = Loss(batch);
        Parameters[parameter] = kept;
        return (above - below) / (2 * DefaultStep);
    }

    /// <summary>
    /// Whether the loss bends nowhere near along a direction: the slopes before and behind agree. They do not where a rectifier
    /// or a maximum is about to choose otherwise, and where the derivative means nothing.
    /// </summary>
    public bool IsSmooth(Batch batch, double[] direction)
    {
        const double Step = 1e-4;
        double at = Loss(batch);
        double before = (at - Move(() => Loss(batch), direction, -Step)) / Step;
        double behind = (Move(() => Loss(batch), direction, Step) - at) / Step;
        return Math.Abs(before - behind) <= 1e-2 * Math.Max(Math.Abs(before), Math.Abs(behind)) + 1e-6;
    }

    // Tables of embeddings are not multiplied by.
    private void RoundWeights(ModelDescription description)
    {
        foreach (ParameterDescription parameter in description.Parameters.Where(
            parameter => !parameter.IsVector
                && !parameter.Name.Contains("embedding", StringComparison.OrdinalIgnoreCase)))
        {
            for (int i = parameter.Offset; i < parameter.Offset + parameter.Shape.Count; i++)
            {
                Parameters[i] = Rounding.Of(description.Precision, Parameters[i]);
            }
        }
    }

    private double WithPenalties(double loss) =>
        Draw is null ? loss : loss + _context.WeightPenalty + _context.ActivityPenalty;

    // A function of the parameters, a distance away.
    private double Move(Func<double> function, double[] direction, double distance)
    {
        double[] kept = [.. Parameters];
        for (int i = 0; i < kept.Length; i++)
        {
            Parameters[i] = kept[i] + (distance * direction[i]);
        }

        double value = function();
        kept.CopyTo(Parameters, 0);
        return value;
    }
}
