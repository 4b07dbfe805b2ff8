namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>
/// An operation on parameters alone: done once for the whole batch, as if that had one sample. Nothing is fused with
/// it.
/// </summary>
/// <param name="operation">The operation on the values of the sample.</param>
internal sealed class FixedOperation(Operation operation) : Operation(operation.Layer)
{
    public override IEnumerable<Value> Reads => operation.Reads;

    public override IEnumerable<Value> Writes => operation.Writes;

    public override Work Work => operation.Work with { Fixed = operation.Work.For(batch: 1), PerSample = 0 };

    public override IEnumerable<Value> ReadsInPart => operation.ReadsInPart;

    public override bool IsFree => operation.IsFree;

    /// <summary>Its results take no memory of samples, which is what is saved by doing something again.</summary>
    public override bool IsRepeatable => false;

    public override string Describe(NameOf name) => $"once, as for a batch of 1: {operation.Describe(name)}";

    public override IReadOnlyList<KernelCall> Calls =>
        [.. operation.Calls.Select(call => call.Replace(WithOneSample))];

    public override void Differentiate(IGradients gradients) =>
        operation.Differentiate(new FixedGradients(gradients));

    private static Argument WithOneSample(Argument argument) => argument is SizeArgument { Size: var size }
        ? new Size(size.Fixed + size.PerSample, 0)
        : argument;

    /// <summary>The backward pass of such operations is done once, too.</summary>
    private sealed class FixedGradients(IGradients gradients) : IGradients
    {
        public bool Needs(Value value) => gradients.Needs(value);

        public Value? Of(Value value, BoundLayer layer) => gradients.Of(value, layer);

        public Value Contribute(Value value) => gradients.Contribute(value);

        public Value ContributePart(Value value) => gradients.ContributePart(value);

        public void ContributeView(Value value, Value gradient) => gradients.ContributeView(value, gradient);

        public Value Scratch(
            Value value, string name, TensorShape shape, bool isPerSample, bool mayBeRounded = false) =>
            gradients.Scratch(value, name, shape, isPerSample: false);

        public Value OfParameter(Value parameter, out bool accumulate) =>
            gradients.OfParameter(parameter, out accumulate);

        public void Add(Operation operation) => gradients.Add(new FixedOperation(operation));
    }
}

/// <summary>What is one for the whole batch, seen as that of the only sample of a batch.</summary>
/// <param name="layer">The layer that computes with it.</param>
/// <param name="source">A parameter, or what was computed of parameters alone.</param>
/// <param name="result">The same memory as the value of a sample.</param>
internal sealed class FixedOperand(BoundLayer layer, Value source, Value result) : Operation(layer)
{
    public override IEnumerable<Value> Reads => [source];

    public override IEnumerable<Value> Writes => [result];

    public override bool IsFree => true;

    public override Work Work => Work.None;

    public override string Describe(NameOf name) => $"{source.Shape} of a batch of 1";

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Of(result, Layer) is not { } gradient || !gradients.Needs(source))
        {
            return;
        }

        if (source.Root.IsParameter)
        {
            Value sums = gradients.OfParameter(source.Root, out bool accumulate);
            gradients.Add(new FixedOperation(new BatchSums(Layer, gradient, sums, accumulate)));
        }
        else
        {
            gradients.ContributeView(source.Root, gradient);
        }
    }

    public override IReadOnlyList<KernelCall> Calls => [];
}
