using ModelDsl.Generator.Lowering.Clipping;

namespace ModelDsl.Generator.Differentiation;

/// <summary>The program that clips the gradient of each sample to a norm and adds the gradients up.</summary>
/// <param name="Operations">Forward pass, losses, and what leads to the sum of the clipped gradients.</param>
/// <param name="Squares">
/// The squared norm of each sample's gradient; null where the samples are computed one after the other.
/// </param>
internal sealed record ClippedModel(IReadOnlyList<Operation> Operations, Value? Squares)
{
    /// <summary>The program of a model.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ClippedModel From(LoweredModel model, CancellationToken cancellation) =>
        ByNorms(model, cancellation) ?? OneByOne(model, cancellation);

    /// <summary>
    /// The samples' backward passes one after the other: right whatever the model is, and slow. The forward pass is
    /// that of the batch.
    /// </summary>
    private static ClippedModel OneByOne(LoweredModel model, CancellationToken cancellation)
    {
        LoweredModel single = model.WithHeadGradients(head => GradientOf(head, ValueKind.Scratch));
        IReadOnlyList<Operation> backward =
            GradientBuilder.Derive(single, needsInput: false, cancellation, ValueKind.Scratch).WholeBackward;
        var samples = new SampleLoop(model.Loss.Layer, [single.Loss, .. backward], addsGradient: true);
        return new ClippedModel([.. model.ForwardAndComparison, samples], null);
    }

    /// <summary>
    /// Two backward passes of the whole batch: one that computes the norms of the samples' gradients, and one from
    /// output gradients that are scaled, row by row, by what clips them (Li et al., 2021). Null where a norm is not the
    /// sum of what operations know of it: where several of them write parts of one gradient, where one is computed of
    /// sums over the samples, or a penalty adds to it.
    /// </summary>
    private static ClippedModel? ByNorms(LoweredModel model, CancellationToken cancellation)
    {
        IReadOnlyList<Operation> first = GradientBuilder.Derive(model, needsInput: false, cancellation).WholeBackward;
        Value[] written = [.. first.SelectMany(GradientsOf)];
        if (model.ForwardAndComparison.Concat(first).Any(operation => operation.AddsPenalty)
            || first.Any(operation => operation is FixedOperation)
            || written.Distinct().Count() < written.Length)
        {
            return null;
        }

        BoundLayer loss = model.Loss.Layer;
        var squares = new Value(new TensorId(LayerPath.Model, "squaredNorms"), new TensorShape(1), ValueKind.Gradient);
        var factors = new Value(new TensorId(LayerPath.Model, "clipFactors"), new TensorShape(1), ValueKind.Gradient);
        LoweredModel clipped = model.WithHeadGradients(head => GradientOf(head, ValueKind.Gradient, "Clipped"));
        return new ClippedModel(
            [
                .. model.ForwardAndComparison,
                new SampleLoop(loss, [model.Loss], addsGradient: false),
                new ClearSampleSquares(loss, squares),
                .. first.Select(operation => AddSquares(operation, squares)),
                new ClipFactors(loss, squares, factors),
                .. model.Heads.Zip(clipped.Heads, (head, scaled) =>
                    new ScaleSamples(head.Layer, head.Gradient, factors, scaled.Gradient)),
                .. GradientBuilder.Derive(clipped, needsInput: false, cancellation).WholeBackward,
            ],
            squares);
    }

    private static Value GradientOf(Head head, ValueKind kind, string role = "") =>
        new(head.Gradient.Id.With(role), head.Gradient.Shape, kind);

    // The operation itself where it writes no gradient of a parameter.
    private static Operation AddSquares(Operation operation, Value squares)
    {
        Value[] gradients = [.. GradientsOf(operation)];
        return gradients.Length == 0
            ? operation
            : operation.AddSampleSquares(squares)
                ?? new SampleLoop(
                    operation.Layer,
                    [operation, new AddGradientSquares(operation.Layer, gradients, squares)],
                    addsGradient: false);
    }

    private static IEnumerable<Value> GradientsOf(Operation operation) =>
        operation.Writes.Where(value => value.Kind == ValueKind.ParameterGradient);
}
