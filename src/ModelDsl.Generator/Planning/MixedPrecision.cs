namespace ModelDsl.Generator.Planning;

/// <summary>
/// Lets operations hand their results to each other in 16 bits, and take their weights rounded. Which values are stored
/// so follows from what they are, not from who computes them: outputs of layers and their gradients are, unless
/// something outside of the program reads them.
/// </summary>
internal static class MixedPrecision
{
    /// <summary>The same programs with 16-bit storage; the programs themselves where nothing is rounded.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static FusedModel Apply(FusedModel model, Precision precision, CancellationToken cancellation)
    {
        if (precision == Precision.Float32)
        {
            return model;
        }

        HashSet<Value> rounded = RoundedValues(model);

        // What somebody looks at after the step has floats of 32 bits, with the same values.
        HashSet<Value> narrow = [.. rounded];
        narrow.ExceptWith(model.Model.Activations.Select(activation => activation.Value.Root));
        return model with
        {
            Training = model.Model.IsForInference
                ? []
                : WithLossScale(
                    Store(model.Training, rounded, narrow, precision, isTraining: true, cancellation),
                    model,
                    precision),
            Inference = Store(model.Inference, [], [], precision, isTraining: false, cancellation),
            Step = model.Step is { } step ? Store(step, [], [], precision, isTraining: false, cancellation) : null,
            Narrow = narrow,
        };
    }

    /// <summary>
    /// Whether a value is one that training stores in 16 bits, unless something outside of the program reads it.
    /// </summary>
    public static bool IsRounded(Value value) =>
        value is { IsPerSample: true, MayBeRounded: true, Shape.IsTokens: false };

    // A forward pass alone keeps nothing, so only training stores in 16 bits.
    private static HashSet<Value> RoundedValues(FusedModel model)
    {
        LoweredModel lowered = model.Model;
        Value?[] read =
            [
                .. lowered.TrainingResults, .. lowered.Heads.SelectMany(head => new[] { head.Output, head.Compared }),
                .. model.OutputGradients, model.InputGradient,
            ];
        HashSet<Value> exact = [.. read.OfType<Value>().Select(value => value.Root)];
        HashSet<Value> rounded =
        [
            .. model.Training
                .SelectMany(operation => operation.Reads)
                .Select(value => value.Root.Original ?? value.Root)
                .Where(IsRounded)
                .Where(value => !exact.Contains(value)),
        ];

        // What is computed again is rounded where it was at first, for the same bits.
        rounded.UnionWith(
        [
            .. model.Training
                .SelectMany(operation => operation.Writes)
                .Where(value => value.Original is { } original && rounded.Contains(original)),
        ]);
        return rounded;
    }

    private static List<Operation> Store(
        IReadOnlyList<Operation> operations,
        HashSet<Value> rounded,
        HashSet<Value> narrow,
        Precision precision,
        bool isTraining,
        CancellationToken cancellation)
    {
        var written = new HashSet<Value>();
        var stored = new List<Operation>();
        foreach (Operation operation in operations)
        {
            cancellation.Look();
            bool isStored = operation.Weights.Any(weight => weight.IsParameter)
                || operation.Values.Any(value => rounded.Contains(value.Root));
            stored.Add(isStored
                ? new StoredOperation(operation, precision, rounded, narrow, written, isTraining)
                : operation);
            written.UnionWith(operation.Writes.Select(value => value.Root).Where(narrow.Contains));
        }

        return stored;
    }

    // What is smaller than Float16's smallest value would be lost. Penalties add their derivatives to whole gradients.
    private static IReadOnlyList<Operation> WithLossScale(
        List<Operation> operations, FusedModel model, Precision precision)
    {
        if (precision != Precision.Float16)
        {
            return operations;
        }

        int loss = operations.FindIndex(operation => operation is LossOperation);
        BoundLayer layer = operations[loss].Layer;
        int end = operations.FindIndex(operation => operation is WeightPenaltyOperation);
        operations.Insert(
            end < 0 ? operations.Count : end, new UnscaleOperation(layer, model.InputGradient));
        operations.Insert(model.Turn?.End ?? loss + 1, new ScaleOperation(layer, model.OutputGradients));
        return operations;
    }

    /// <summary>The gradients of the outputs, times the loss scale.</summary>
    private sealed class ScaleOperation(BoundLayer layer, IReadOnlyList<Value> gradients) : Operation(layer)
    {
        public override IEnumerable<Value> Reads => gradients;

        public override IEnumerable<Value> Writes => gradients;

        public override string Describe(NameOf name) =>
            $"{string.Join(", ", gradients.Select(gradient => name(gradient)))} · loss scale";

        public override IReadOnlyList<KernelCall> Calls =>
        [
            .. gradients.Select(gradient =>
                new KernelCall("LossScale.Multiply", [gradient, new VariableArgument(ModelVariable.LossScale)])),
        ];
    }

    /// <summary>
    /// The gradients of the parameters, and of the samples where they are read, without the loss scale.
    /// </summary>
    private sealed class UnscaleOperation(BoundLayer layer, Value? inputGradient) : Operation(layer)
    {
        public override IEnumerable<Value> Reads => inputGradient is null ? [] : [inputGradient];

        public override IEnumerable<Value> Writes => Reads;

        public override string Describe(NameOf name) => "all gradients / loss scale";

        public override IReadOnlyList<KernelCall> Calls =>
        [
            Divide(new VariableArgument(ModelVariable.Gradients)),
            .. inputGradient is null ? (IReadOnlyList<KernelCall>)[] : [Divide(inputGradient)],
        ];

        private static KernelCall Divide(Argument gradients) =>
            new("LossScale.Divide", [gradients, new VariableArgument(ModelVariable.LossScale)]);
    }
}
