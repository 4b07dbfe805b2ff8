using System.Numerics.Tensors;

namespace ModelDsl;

/// <summary>Part of a memory: a tensor among the parameters, or the samples.</summary>
/// <param name="Memory">The memory as it was before anything was moved.</param>
/// <param name="Offset">Where the tensor starts.</param>
/// <param name="Length">How long it is.</param>
internal readonly record struct TensorPlace(float[] Memory, int Offset, int Length)
{
    public double RootMeanSquare =>
        Math.Sqrt(TensorPrimitives.SumOfSquares<float>(Memory.AsSpan(Offset, Length)) / Length);
}

/// <summary>
/// The training loss of one batch as a function of parameters and samples: everything else that a step moves, running
/// statistics and the number of the step, from which masks of dropout are drawn, is put back before each.
/// </summary>
internal sealed class LossProbe(IModel model, float[] samples)
{
    private readonly long _step = model.TrainingStep;

    public IModel Model => model;

    /// <summary>The parameters as they were.</summary>
    public float[] Parameters { get; } = model.Parameters.ToArray();

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

    /// <summary>(L(x + h·v) - L(x - h·v)) / 2h.</summary>
    /// <param name="place">What is moved.</param>
    /// <param name="signs">v: 1, -1 or 0 for each element.</param>
    /// <param name="step">h.</param>
    /// <param name="targets">The targets of the samples.</param>
    public double Slope(TensorPlace place, sbyte[] signs, double step, Targets targets) =>
        (Moved(place, signs, step, targets) - Moved(place, signs, -step, targets)) / (2 * step);

    /// <summary>The model as it was, but for gradients and outputs.</summary>
    public void Restore()
    {
        Parameters.CopyTo(model.Parameters);
        model.TrainingStep = _step;
    }

    private double Moved(TensorPlace place, sbyte[] signs, double step, Targets targets)
    {
        Restore();
        if (place.Memory == samples)
        {
            float[] moved = [.. samples];
            Move(moved);
            return model.ComputeGradients(moved, targets);
        }

        Move(model.Parameters.Slice(place.Offset, place.Length));
        return model.ComputeGradients(samples, targets);

        void Move(Span<float> values)
        {
            for (int i = 0; i < signs.Length; i++)
            {
                values[i] = (float)(values[i] + (step * signs[i]));
            }
        }
    }
}
