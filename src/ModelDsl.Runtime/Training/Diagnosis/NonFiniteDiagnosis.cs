using System.Numerics.Tensors;

namespace ModelDsl;

/// <summary>
/// Finds out, after a step's forward and backward pass, what is not finite first and why. Changes nothing; allocates,
/// so it is for when something is known to be wrong.
/// </summary>
/// <remarks>
/// It sees the batch, the parameters and the gradients. A layer's outputs it sees only where the model keeps them: else
/// the plan gives their memory to other values as soon as nothing reads them any more.
/// </remarks>
/// <param name="model">The model, after the pass and before the optimizer's step.</param>
internal sealed class NonFiniteDiagnosis(IModel model)
{
    private readonly ModelDescription _description = model.Description;

    /// <summary>The number of the step, counted from 1.</summary>
    public required long Step { get; init; }

    /// <summary>Where in the training the step is, for the message: <c>epoch 2, batch 3 of 8</c>.</summary>
    public required string Place { get; init; }

    /// <summary>The learning rate of the steps so far.</summary>
    public required float LearningRate { get; init; }

    /// <summary>The loss of the batch.</summary>
    public required float Loss { get; init; }

    /// <summary>The gradients of the batch, laid out like the trainable parameters.</summary>
    public required float[] Gradients { get; init; }

    /// <summary>The samples that the model computed with.</summary>
    public required float[] Samples { get; init; }

    /// <summary>The values that its outputs should have been, or empty.</summary>
    public required float[] Values { get; init; }

    /// <summary>Which samples of the data set these are.</summary>
    public required int[] Indices { get; init; }

    /// <summary>What is wrong; null where all is finite.</summary>
    public TrainingDivergedException? Find()
    {
        (string Tensor, float Value)? parameter = FirstNotFinite(model.Parameters);
        (string Tensor, float Value)? gradient = FirstNotFinite(Gradients);
        if (float.IsFinite(Loss) && parameter is null && gradient is null)
        {
            return null;
        }

        (string what, string? tensor, float number) = (parameter, gradient) switch
        {
            ({ } found, _) => ($"the parameter {found.Tensor} is {Text(found.Value)}", found.Tensor, found.Value),
            (null, { } found) when float.IsFinite(Loss) =>
            (
                $"the loss is {Text(Loss)}, but a gradient of {found.Tensor} became {Text(found.Value)}",
                found.Tensor,
                found.Value),
            (null, { } found) =>
            (
                $"the loss became {Text(Loss)} and a gradient of {found.Tensor} {Text(found.Value)}",
                found.Tensor,
                Loss),
            _ => ($"the loss became {Text(Loss)}", (string?)null, Loss),
        };
        string? layer = tensor is null ? null : LayerOf(tensor);
        if (FirstBadActivation() is { } output)
        {
            what += $"; the first output of a layer that is not finite is that of {output.Layer} "
                + $"({output.Declaration}): {Text(output.Value)}";
            layer = output.Layer;
        }

        ImmutableArray<string> causes = [.. Causes(parameter is not null, gradient is not null)];
        return new TrainingDivergedException(
            $"{_description.Name}: {what} in {Place} (step {Step}); {string.Join("; ", causes)}",
            number,
            Step,
            layer,
            tensor,
            causes);
    }

    private IEnumerable<string> Causes(bool isParameterBad, bool isGradientBad)
    {
        if (Bad(Samples, "input") is { } input)
        {
            yield return input;
            yield break;
        }

        if (Bad(Values, "target") is { } target)
        {
            yield return target;
            yield break;
        }

        if (isParameterBad)
        {
            yield return "it was so before this step: look at what was loaded, or changed between two steps";
            yield break;
        }

        if (FirstBadStatistic() is { } statistic)
        {
            yield return statistic;
        }

        // Of the finite part: beyond it nothing is said.
        double norm = Math.Sqrt(Gradients.Where(float.IsFinite).Sum(gradient => (double)gradient * gradient));
        if (!float.IsFinite(Loss))
        {
            float largest = model.Parameters.IsEmpty ? 0f : Math.Abs(TensorPrimitives.MaxMagnitude(model.Parameters));
            yield return Invariant($"try a learning rate below {LearningRate}, or clip the gradients: ")
                + Invariant($"the largest parameter is {largest:G3}, the norm of the gradients {norm:G3}");
            yield return "or look for a logarithm, a square root or a quotient of 0 in layers and losses of your own";
        }
        else if (isGradientBad)
        {
            yield return "look for what has no finite slope there, such as a square root at 0";
            yield return Invariant($"or for gradients that explode: the norm of the others is {norm:G3}; clip them");
        }
    }

    // A sample that is not finite, by its place in the data set.
    private string? Bad(float[] values, string what)
    {
        int index = Array.FindIndex(values, value => !float.IsFinite(value));
        if (index < 0 || Indices.Length == 0)
        {
            return null;
        }

        (int sample, int position) = Math.DivRem(index, values.Length / Indices.Length);
        return Invariant($"the {what} of sample {Indices[sample]} is {values[index]} at position {position}");
    }

    private string? FirstBadStatistic()
    {
        foreach (ParameterDescription statistic in _description.Parameters.Where(parameter => parameter.IsStatistic))
        {
            ReadOnlySpan<float> values = model.Parameters.Slice(statistic.Offset, statistic.Shape.Count);
            if (statistic.Name.EndsWith("ariance", StringComparison.Ordinal) && values.Contains(0f))
            {
                return $"{statistic.Name} is 0 for some channel: nothing varies there";
            }
        }

        return null;
    }

    private (string Layer, string Declaration, float Value)? FirstBadActivation()
    {
        if (model is not IInspectableModel { HasActivations: true } inspectable)
        {
            return null;
        }

        for (int i = 0; i < _description.Activations.Length; i++)
        {
            foreach (float value in inspectable.GetActivation(i))
            {
                if (!float.IsFinite(value))
                {
                    return (_description.Activations[i].Layer, _description.Activations[i].Declaration, value);
                }
            }
        }

        return null;
    }

    // In data-flow order, which is that of the layers' tensors in the description but for frozen ones and statistics.
    private (string Tensor, float Value)? FirstNotFinite(ReadOnlySpan<float> values)
    {
        if (FiniteCheck.AreFinite(values))
        {
            return null;
        }

        foreach (ParameterDescription parameter in InDataFlowOrder())
        {
            if (parameter.Offset + parameter.Shape.Count > values.Length)
            {
                continue;
            }

            foreach (float value in values.Slice(parameter.Offset, parameter.Shape.Count))
            {
                if (!float.IsFinite(value))
                {
                    return (parameter.Name, value);
                }
            }
        }

        return null;
    }

    private IEnumerable<ParameterDescription> InDataFlowOrder()
    {
        List<string> layers = [.. _description.Layers.Select(layer => layer.Name)];
        return _description.Parameters.OrderBy(parameter => LayerOf(parameter.Name) is { } layer
            ? layers.IndexOf(layer)
            : layers.Count);
    }

    // The layer whose name is the longest beginning of the tensor's.
    private string? LayerOf(string tensor) => _description.Layers
        .Select(layer => layer.Name)
        .Where(name => tensor.StartsWith(name + ".", StringComparison.Ordinal))
        .MaxBy(name => name.Length);

    private static string Text(float value) => Invariant($"{value}");
}
