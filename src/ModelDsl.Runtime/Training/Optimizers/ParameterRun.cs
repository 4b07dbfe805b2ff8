namespace ModelDsl;

/// <summary>A run of the parameter memory that an optimizer updates alike.</summary>
/// <param name="Start">Where it starts, in floats.</param>
/// <param name="Length">Its length, with the padding behind its tensors.</param>
/// <param name="LearningRateFactor">What the optimizer's learning rate is multiplied by.</param>
/// <param name="WeightDecay">Its weight decay.</param>
/// <param name="Tensor">The tensor that it consists of, where the optimizer asks for it one by one.</param>
internal sealed record ParameterRun(
    int Start, int Length, float LearningRateFactor, float WeightDecay, ParameterDescription? Tensor)
{
    /// <summary>The runs of all trainable parameters, in the order of the memory, each as long as can be.</summary>
    /// <param name="model">The model.</param>
    /// <param name="groups">The groups.</param>
    /// <param name="weightDecay">The weight decay of what no group gives another.</param>
    /// <param name="standsAlone">Whether the optimizer asks for a tensor as a run of its own.</param>
    public static ParameterRun[] Of(
        ModelDescription model,
        IReadOnlyList<ParameterGroup> groups,
        float weightDecay,
        Func<ModelDescription, ParameterDescription, bool> standsAlone)
    {
        var runs = new List<ParameterRun>();
        foreach (ParameterDescription parameter in
            model.Parameters.Where(parameter => parameter.Offset < model.TrainableLength))
        {
            ParameterGroup[] own = [.. groups.Where(group => group.Contains(parameter))];
            float factor = own.Aggregate(1f, (product, group) => product * group.LearningRateFactor);
            float decay = own.LastOrDefault(group => group.WeightDecay is not null)?.WeightDecay ?? weightDecay;
            var run = new ParameterRun(
                parameter.Offset,
                model.TrainableLength - parameter.Offset,
                factor,
                decay,
                standsAlone(model, parameter) ? parameter : null);
            if (runs.Count > 0)
            {
                ParameterRun last = runs[^1];
                if (last.Tensor is null && run == last with { Start = run.Start, Length = run.Length })
                {
                    continue;
                }

                runs[^1] = last with { Length = run.Start - last.Start };
            }

            runs.Add(run);
        }

        return [.. runs];
    }
}

/// <summary>What one call of an optimizer's kernel updates, and how.</summary>
/// <param name="Index">The number of the run, from 0 on.</param>
/// <param name="Parameters">The run's parameters.</param>
/// <param name="Gradients">Their gradients, clipped.</param>
/// <param name="Start">Where the run starts in the parameter memory, and in state that is laid out like it.</param>
/// <param name="Tensor">The tensor that it consists of, where the optimizer asks for it one by one.</param>
/// <param name="Number">The number of the step, from 1 on.</param>
/// <param name="LearningRate">The run's learning rate.</param>
/// <param name="WeightDecay">The run's weight decay.</param>
internal readonly record struct OptimizerStep(
    int Index,
    FloatSpan Parameters,
    ClippedGradients Gradients,
    int Start,
    ParameterDescription? Tensor,
    long Number,
    float LearningRate,
    float WeightDecay);

/// <summary>Tensors as optimizers of matrices see them.</summary>
internal static class MatrixShape
{
    /// <summary>
    /// The rows and columns of a tensor: its first extent, and the product of the others; a vector is one row.
    /// </summary>
    public static (int Rows, int Columns) AsMatrix(this ParameterDescription tensor)
    {
        int rows = tensor.IsVector ? 1 : tensor.Shape.Dimensions[0];
        return (rows, tensor.Shape.Count / rows);
    }
}
