using System.Numerics.Tensors;

namespace ModelDsl;

/// <summary>Part of a memory: a tensor among the parameters, or the samples.</summary>
/// <param name="Memory">The memory as it was before anything was moved.</param>
/// <param name="Offset">Where the tensor starts.</param>
/// <param name="Length">How long it is.</param>
internal readonly record struct TensorPlace(float[] Memory, int Offset, int Length)
{
    // A tensor of zeros is moved too.
    private const double LeastScale = 0.1;

    /// <summary>The root mean square of its elements, or a small number where that is smaller.</summary>
    public double Scale =>
        Math.Max(LeastScale, Math.Sqrt(TensorPrimitives.SumOfSquares<float>(Memory.AsSpan(Offset, Length)) / Length));
}

/// <summary>
/// The training loss of one batch as a function of parameters and samples: everything else that a step moves, running
/// statistics and the number of the step, from which masks of dropout are drawn, is put back before each.
/// </summary>
/// <remarks>
/// The parameters are moved a little first. Those of a new model lie on kinks: where biases are zero, a rectifier
/// behind a border of zeros gets exactly zero, and the loss has no derivative there.
/// </remarks>
internal sealed class LossProbe(IModel model, float[] samples, Philox random)
{
    // How far an element is moved at most, beside the scale of its tensor.
    private const float Move = 0.1f;

    private readonly long _step = model.TrainingStep;
    private readonly float[] _original = model.Parameters.ToArray();

    public IModel Model => model;

    /// <summary>The parameters at the point where derivatives are taken.</summary>
    public float[] Parameters { get; } = MovedALittle(model, random);

    /// <summary>The samples as they were.</summary>
    public float[] Samples => samples;

    public double Compute(Targets targets)
    {
        Restore();
        return model.ComputeGradients(samples, targets);
    }

    /// <summary>The gradient by the samples, after <see cref="Compute"/>; empty where the model has none.</summary>
    public float[] InputGradient()
    {
        ModelDescription description = model.Description;
        bool hasNumbers = description.InputType == ElementType.Value
            && description.Inputs.All(input => input.Type == ElementType.Value);
        return hasNumbers && model is IDifferentiableModel differentiable
            ? differentiable.InputGradient.ToArray()
            : [];
    }

    /// <summary>L(x + h·v) and L(x - h·v).</summary>
    /// <param name="place">What is moved.</param>
    /// <param name="signs">v: 1, -1 or 0 for each element.</param>
    /// <param name="step">h.</param>
    /// <param name="targets">The targets of the samples.</param>
    public (double Forward, double Backward) Sides(TensorPlace place, sbyte[] signs, double step, Targets targets) =>
        (Moved(place, signs, step, targets), Moved(place, signs, -step, targets));

    /// <summary>The model as it was before the check, but for gradients and outputs.</summary>
    public void Leave()
    {
        _original.CopyTo(model.Parameters);
        model.TrainingStep = _step;
    }

    // What the step before has moved is put back.
    private void Restore()
    {
        Parameters.CopyTo(model.Parameters);
        model.TrainingStep = _step;
    }

    private static float[] MovedALittle(IModel model, Philox random)
    {
        float[] parameters = model.Parameters.ToArray();
        foreach (ParameterDescription tensor in model.Description.Parameters)
        {
            if (tensor.Offset < model.Description.TrainableLength && !tensor.IsStatistic)
            {
                var place = new TensorPlace(parameters, tensor.Offset, tensor.Shape.Count);
                float[] distances = new float[place.Length];
                float most = Move * (float)place.Scale;
                random.FillUniform(distances, -most, most);
                Span<float> values = parameters.AsSpan(place.Offset, place.Length);
                TensorPrimitives.Add(values, distances, values);
            }
        }

        return parameters;
    }

    private double Moved(TensorPlace place, sbyte[] signs, double step, Targets targets)
    {
        Restore();
        if (place.Memory == samples)
        {
            float[] moved = [.. samples];
            Shift(moved);
            return model.ComputeGradients(moved, targets);
        }

        Shift(model.Parameters.Slice(place.Offset, place.Length));
        return model.ComputeGradients(samples, targets);

        void Shift(Span<float> values)
        {
            for (int i = 0; i < signs.Length; i++)
            {
                values[i] = (float)(values[i] + (step * signs[i]));
            }
        }
    }
}
