using System.Runtime.InteropServices;

namespace ModelDsl;

/// <summary>
/// A model that can also be made without shared memory, for <see cref="MemoryPlanCheck"/>. The generator implements it
/// for models marked with <c>[Model(Checks = true)]</c>.
/// </summary>
/// <typeparam name="TSelf">The model's own class.</typeparam>
public interface ICheckedModel<TSelf> : IModel<TSelf>
    where TSelf : class, ICheckedModel<TSelf>
{
    /// <summary>The same model in which every value has memory of its own.</summary>
    /// <param name="seed">What its parameters are drawn from.</param>
    static abstract IModel CreateSeparate(ulong seed);

    /// <summary>
    /// The same model, in whose memory each value becomes NaN as soon as nothing should read it any more.
    /// </summary>
    /// <param name="seed">What its parameters are drawn from.</param>
    static abstract IModel CreatePoisoned(ulong seed);
}

/// <summary>
/// Checks that the values of a model, which share memory where their lifetimes allow, do not overwrite each other: the
/// model gives the same bits as one in which each has memory of its own, and as one in which memory is poisoned. See
/// <c>docs/checks.md</c>.
/// </summary>
public static class MemoryPlanCheck
{
    private const int Steps = 2;

    /// <summary>
    /// Compares predictions, losses, outputs and gradients on a batch, with the parameters that the model has. The
    /// model is afterwards as before, but for its gradients and outputs.
    /// </summary>
    /// <typeparam name="TModel">A class marked with <c>[Model(Checks = true)]</c>.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="samples">Some samples.</param>
    /// <param name="targets">Their targets.</param>
    /// <exception cref="InvalidOperationException">
    /// The bits differ, which is a fault of the compiler: please report it with the model.
    /// </exception>
    /// <exception cref="ArgumentException">Samples and targets do not fit the model.</exception>
    public static void Run<TModel>(TModel model, ReadOnlySpan<float> samples, Targets targets)
        where TModel : class, ICheckedModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        Compare(model, TModel.CreateSeparate(0), "memory of its own for each value", samples, targets);
        Compare(model, TModel.CreatePoisoned(0), "poisoned memory", samples, targets);
    }

    private static void Compare(
        IModel model, IModel other, string memory, ReadOnlySpan<float> samples, Targets targets)
    {
        float[] parameters = model.Parameters.ToArray();
        long step = model.TrainingStep;
        parameters.CopyTo(other.Parameters);
        (other.TrainingStep, other.DropoutSeed, other.LossScale) = (step, model.DropoutSeed, model.LossScale);
        try
        {
            for (int number = 1; number <= Steps; number++)
            {
                // One sample may take another way than a batch.
                int size = samples.Length / Math.Max(samples.Length / model.Description.InputShape.Count, 1);
                Same("the prediction of one sample", other.Predict(samples[..size]), model.Predict(samples[..size]));
                Same("predictions", other.Predict(samples), model.Predict(samples));
                Same("the loss", [other.ComputeLoss(samples, targets)], [model.ComputeLoss(samples, targets)]);
                Same(
                    "the loss of training",
                    [other.ComputeGradients(samples, targets)],
                    [model.ComputeGradients(samples, targets)]);
                Same("outputs", other.Outputs, model.Outputs);
                Same("gradients", other.Gradients, model.Gradients);
                Same("parameters and statistics", other.Parameters, model.Parameters);
                if (other is IDifferentiableModel expected && model is IDifferentiableModel actual
                    && model.Description.InputType == ElementType.Value)
                {
                    Same("the gradient of the samples", expected.InputGradient, actual.InputGradient);
                }
            }
        }
        finally
        {
            parameters.CopyTo(model.Parameters);
            model.TrainingStep = step;
        }

        // Bits, as NaN is equal to nothing.
        void Same(string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
        {
            ReadOnlySpan<int> left = MemoryMarshal.Cast<float, int>(expected);
            ReadOnlySpan<int> right = MemoryMarshal.Cast<float, int>(actual);
            if (!left.SequenceEqual(right))
            {
                int place = left.CommonPrefixLength(right);
                throw new InvalidOperationException(
                    $"{model.Description.Name}: {what} with planned memory and with {memory} differ at {place}: "
                        + $"expected {expected[place]:R}, got {actual[place]:R}");
            }
        }
    }
}
