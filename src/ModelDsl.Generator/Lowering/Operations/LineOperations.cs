namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>A dimension of a sample as kernels count it: those before it and those behind it are one each.</summary>
/// <param name="Outer">The product of the extents before the dimension.</param>
/// <param name="Count">The extent of the dimension.</param>
/// <param name="Inner">The product of the extents behind it.</param>
internal readonly record struct LinesOf(int Outer, int Count, int Inner)
{
    /// <summary>The last dimension of a shape; one element where it has none.</summary>
    public static LinesOf Rows(TensorShape shape) => new(shape.Rows, shape.Columns, 1);

    /// <summary>A dimension of a shape.</summary>
    public static LinesOf Dimension(TensorShape shape, int dimension) => new(
        Product(shape.Dimensions.Take(dimension)),
        shape.Dimensions[dimension],
        Product(shape.Dimensions.Skip(dimension + 1)));

    /// <summary>The arguments of a kernel, for a batch.</summary>
    public EquatableArray<Argument> Arguments => [Size.Times(Outer), Count, Inner];

    public override string ToString() => $"[batch·{Outer}, {Count}, {Inner}]";

    private static int Product(IEnumerable<int> extents) => extents.Aggregate(1, (product, extent) => product * extent);
}

/// <summary>What a reduction computes of each line.</summary>
/// <param name="Kernel">The kernel's method: <c>Sum</c>, whose gradient is <c>SumGradient</c>.</param>
/// <param name="Text">What it computes, for a comment.</param>
internal sealed record ReductionForm(string Kernel, string Text)
{
    public static ReductionForm Sum { get; } = new("Sum", "sum") { HasDivisor = true, IsLinear = true };

    public static ReductionForm Max { get; } = new("Max", "largest");

    public static ReductionForm Min { get; } = new("Min", "smallest");

    public static ReductionForm Variance { get; } = new("Variance", "variance") { HasDivisor = true };

    public static ReductionForm Norm { get; } = new("Norm", "norm");

    public static ReductionForm LogSumExp { get; } = new("LogSumExp", "log Σ exp");

    /// <summary>Whether the kernel divides by a number that it is given.</summary>
    public bool HasDivisor { get; private init; }

    /// <summary>Whether the gradient does not depend on what is reduced.</summary>
    public bool IsLinear { get; private init; }
}

/// <summary>result = one number for each line of the source.</summary>
internal sealed class ReductionOperation(
    BoundLayer layer, ReductionForm form, Value source, LinesOf lines, float divisor, Value result) : Operation(layer)
{
    public override BatchUse BatchUse => BatchUse.Apart;

    public override IEnumerable<Value> Reads => [source];

    public override IEnumerable<Value> Writes => [result];

    public override string Describe(NameOf name) => $"{lines} → {form.Text} over the {lines.Count}{Divided}";

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Of(result, Layer) is { } gradient && gradients.Needs(source))
        {
            gradients.Add(new ReductionGradient(
                Layer, form, form.IsLinear ? null : source, gradient, lines, divisor, gradients.Contribute(source)));
        }
    }

    public override IReadOnlyList<KernelCall> Calls =>
        [new($"Reduction.{form.Kernel}", [source, result, .. lines.Arguments, .. Divisor(form, divisor)])];

    private string Divided => form.HasDivisor && divisor != 1f ? $" / {NumberText.Of(divisor)}" : "";

    private static EquatableArray<Argument> Divisor(ReductionForm form, float divisor) =>
        form.HasDivisor ? [divisor] : [];

    /// <summary>∂source from ∂result, and from the source unless the reduction is linear.</summary>
    private sealed class ReductionGradient(
        BoundLayer layer, ReductionForm form, Value? source, Value gradient, LinesOf lines, float divisor, Value result)
        : Operation(layer)
    {
        public override BatchUse BatchUse => BatchUse.Apart;

        public override IEnumerable<Value> Reads => source is null ? [gradient] : [source, gradient];

        public override IEnumerable<Value> Writes => [result];

        public override string Describe(NameOf name) => $"gradient of the {form.Text} → {lines}";

        public override IReadOnlyList<KernelCall> Calls =>
        [
            new(
                $"Reduction.{form.Kernel}Gradient",
                [.. Argument.Optional(source), gradient, result, .. lines.Arguments, .. Divisor(form, divisor)]),
        ];
    }
}

/// <summary>result = the softmax of each line of the source, or its logarithm.</summary>
internal sealed class SoftmaxOverOperation(
    BoundLayer layer, SoftmaxForm form, Value source, LinesOf lines, Value result) : Operation(layer)
{
    public override BatchUse BatchUse => BatchUse.Apart;

    public override IEnumerable<Value> Reads => [source];

    public override IEnumerable<Value> Writes => [result];

    public override string Describe(NameOf name) => $"{lines} → {form.Name} over the {lines.Count}";

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Of(result, Layer) is { } gradient && gradients.Needs(source))
        {
            gradients.Add(new SoftmaxOverGradient(Layer, form, result, gradient, lines, gradients.Contribute(source)));
        }
    }

    public override IReadOnlyList<KernelCall> Calls =>
        [new($"{form.Kernel}.ForwardOver", [source, result, .. lines.Arguments])];

    private sealed class SoftmaxOverGradient(
        BoundLayer layer, SoftmaxForm form, Value output, Value gradient, LinesOf lines, Value result) : Operation(layer)
    {
        public override BatchUse BatchUse => BatchUse.Apart;

        public override IEnumerable<Value> Reads => [output, gradient];

        public override IEnumerable<Value> Writes => [result];

        public override string Describe(NameOf name) => $"{lines} → gradient of the {form.Name} over the {lines.Count}";

        public override IReadOnlyList<KernelCall> Calls =>
            [new($"{form.Kernel}.BackwardOver", [output, gradient, result, .. lines.Arguments])];
    }
}

/// <summary>result = the sums of each line up to every element; the gradient is the same from the other end.</summary>
internal sealed class CumulativeSumOperation(
    BoundLayer layer, Value source, LinesOf lines, bool exclusive, bool reverse, Value result) : Operation(layer)
{
    public override BatchUse BatchUse => BatchUse.Apart;

    public override IEnumerable<Value> Reads => [source];

    public override IEnumerable<Value> Writes => [result];

    public override string Describe(NameOf name)
    {
        string own = exclusive ? " without itself" : "";
        return $"{lines} → sums {(reverse ? "from" : "up to")} each of the {lines.Count}{own}";
    }

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Of(result, Layer) is { } gradient && gradients.Needs(source))
        {
            gradients.Add(new CumulativeSumOperation(
                Layer, gradient, lines, exclusive, !reverse, gradients.Contribute(source)));
        }
    }

    public override IReadOnlyList<KernelCall> Calls =>
    [
        new(
            "CumulativeSum.Compute",
            [
                source, result, .. lines.Arguments,
                .. Argument.Flag("exclusive", exclusive), .. Argument.Flag("reverse", reverse),
            ]),
    ];
}
