namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>The gradient of a value that was broadcast: the sum of the gradients of what it was broadcast to.</summary>
internal static class OperandGradient
{
    /// <summary>Adds the operations that sum a gradient to that of a value.</summary>
    /// <param name="gradients">The backward pass.</param>
    /// <param name="layer">The layer that broadcasts.</param>
    /// <param name="gradient">What the gradient would be if the value had the shape that it was broadcast to.</param>
    /// <param name="value">The value.</param>
    /// <param name="shape">The shape that it was broadcast to.</param>
    public static void Reduce(IGradients gradients, BoundLayer layer, Value gradient, Value value, TensorShape shape)
    {
        if (value.Shape.IsFixed)
        {
            ReduceToParameter(gradients, layer, gradient, value, shape);
        }
        else if (value.Shape.Count == shape.Count)
        {
            gradients.ContributeView(value, gradient);
        }
        else
        {
            gradients.Add(new StridedSum(
                layer, gradient, StridedWalk.Broadcast(value.Shape, shape), gradients.Contribute(value)));
        }
    }

    /// <summary>
    /// Adds the operations that sum a gradient over the batch, and within each sample, to a parameter's.
    /// </summary>
    public static void ReduceToParameter(
        IGradients gradients, BoundLayer layer, Value gradient, Value parameter, StridedWalk walk)
    {
        Value sums = gradients.Scratch(gradient, "Sums", parameter.Shape with { IsFixed = false }, isPerSample: true);
        gradients.Add(new StridedSum(layer, gradient, walk, sums));
        AddBatchSums(gradients, layer, sums, parameter);
    }

    private static void ReduceToParameter(
        IGradients gradients, BoundLayer layer, Value gradient, Value parameter, TensorShape shape)
    {
        if (parameter.Shape.Count == shape.Count)
        {
            AddBatchSums(gradients, layer, gradient, parameter);
        }
        else if (parameter.Shape.Count == shape.Columns && parameter.Shape.Columns == shape.Columns)
        {
            Value sums = gradients.OfParameter(parameter.Root, out bool accumulate);
            gradients.Add(new ColumnSums(layer, gradient, sums, accumulate));
        }
        else
        {
            ReduceToParameter(gradients, layer, gradient, parameter, StridedWalk.Broadcast(parameter.Shape, shape));
        }
    }

    private static void AddBatchSums(IGradients gradients, BoundLayer layer, Value source, Value parameter)
    {
        Value sums = gradients.OfParameter(parameter.Root, out bool accumulate);
        gradients.Add(new BatchSums(layer, source, sums, accumulate));
    }
}

/// <summary>sums = the sum of the source over the batch.</summary>
internal sealed class BatchSums(BoundLayer layer, Value source, Value sums, bool accumulate) : Operation(layer)
{
    public override BatchUse BatchUse => BatchUse.Summed;

    public override Operation AddingUp => new BatchSums(Layer, source, sums, accumulate: true);

    public override IEnumerable<Value> Reads => [source];

    public override IEnumerable<Value> Writes => [sums];

    public override Work Work => Work.Elements(source);

    public override string Describe(NameOf name) => $"sum of [{sums.Shape.ToString(", ")}] over the batch";

    public override IReadOnlyList<KernelCall> Calls =>
    [
        new(
            "ColumnSums.Compute",
            [source, sums, Argument.Batch, sums.Shape.Count, .. Argument.Flag("accumulate", accumulate)]),
    ];
}
