namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>
/// The loss of a batch and the gradient of its mean with respect to the outputs: the turning point of training.
/// </summary>
/// <param name="layer">The model's last layer: the loss, or what joins several heads.</param>
/// <param name="heads">The outputs with their losses.</param>
/// <param name="isJoined">Whether the loss is a sum over heads, whose parts the model reports.</param>
internal sealed class LossOperation(BoundLayer layer, IReadOnlyList<Head> heads, bool isJoined) : Operation(layer)
{
    public override IEnumerable<Value> Reads => heads.Select(head => head.Compared);

    public override IEnumerable<Value> Writes => heads.Select(head => head.Gradient);

    public override string Describe(NameOf name)
    {
        IEnumerable<string> outputs = heads.Select(head => $"[batch, {head.Compared.Shape.ToString(", ")}]");
        return isJoined
            ? $"weighted sum of the mean losses over the batch, and their gradients → {string.Join(", ", outputs)}"
            : $"mean loss over the batch, and its gradient → {outputs.First()}";
    }

    public override IReadOnlyList<KernelCall> Calls =>
    [
        .. heads.Select((head, number) =>
        {
            KernelCall call = CallOf(
                head, NumberOf(number, isJoined), "EvaluateWithGradient",
                head.Compared, new TargetsArgument(NumberOf(number, isJoined)), head.Gradient);
            return head.Weight == 1f
                ? call
                : call with { Arguments = [.. call.Arguments, Argument.Named("gradientScale", head.Weight)] };
        }),
    ];

    /// <summary>The calls that compute the loss of outputs that a forward pass has left, without gradients.</summary>
    public static IReadOnlyList<KernelCall> Evaluations(IReadOnlyList<Head> heads, bool isJoined) =>
    [
        .. heads.Select((head, number) => CallOf(
            head, NumberOf(number, isJoined), "Evaluate",
            head.Losses ?? (Argument)new OutputsArgument(NumberOf(number, isJoined)),
            new TargetsArgument(NumberOf(number, isJoined)))),
    ];

    private static int? NumberOf(int number, bool isJoined) => isJoined ? number : null;

    private static KernelCall CallOf(Head head, int? number, string method, params Argument[] operands) =>
        head.Loss.Call(head.Layer, method, head.Compared.Shape, operands, CallResult.Loss(number, head.Weight));
}

/// <summary>The loss of outputs that a forward pass has left, without gradients.</summary>
/// <param name="layer">As for <see cref="LossOperation"/>.</param>
/// <param name="heads">The outputs with their losses.</param>
/// <param name="isJoined">Whether the loss is a sum over heads.</param>
internal sealed class LossEvaluation(BoundLayer layer, IReadOnlyList<Head> heads, bool isJoined) : Operation(layer)
{
    public override IEnumerable<Value> Reads => heads.Select(head => head.Compared);

    public override IEnumerable<Value> Writes => [];

    public override string Describe(NameOf name) =>
        isJoined ? "weighted sum of the mean losses over the batch" : "mean loss over the batch";

    public override IReadOnlyList<KernelCall> Calls => LossOperation.Evaluations(heads, isJoined);
}
