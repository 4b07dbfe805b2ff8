namespace ModelDsl.Generator.Lowering.Recurrent;

/// <summary>Some or all steps of a recurrent layer: the product with the recurrent weight, gates and outputs.</summary>
/// <param name="values">What the layer's operations share.</param>
/// <param name="firstStep">The number of the first step, in the order in which they are read.</param>
/// <param name="endStep">The number after the last one.</param>
internal sealed class RecurrentOperation(RecurrentValues values, int firstStep, int endStep) : Operation(values.Layer)
{
    public override BatchUse BatchUse => BatchUse.Apart;

    public override int FewestSamples => RecurrentValues.FewestSamples;

    // Of the weight itself only the derivative knows.
    public override IEnumerable<Value> Reads =>
    [
        values.Projected, values.Packed, .. values.IsTraining ? OrNone(values.Weight) : [], .. OrNone(values.Bias),
        .. OrNone(values.Mask),
        .. firstStep > 0 ? Writes : [.. OrNone(values.InitialHidden), .. OrNone(values.InitialCell)],
    ];

    public override IEnumerable<Value> Writes =>
        [values.Result, .. OrNone(values.Gates), .. OrNone(values.Kept), .. OrNone(values.Previous)];

    public override Work Work => values.Work(firstStep, endStep);

    public override string Describe(NameOf name)
    {
        string rows = ShapeText.Matrix(values.Projected.Shape);
        string bias = values.Bias is null ? "" : $" + [{values.Bias.Shape}]";
        string product = $"{rows} + h·[{values.Weight.Shape.ToString(", ")}]ᵀ{bias}";
        return $"{values.StepsText(firstStep, endStep)}: {product} → {values.Cell.GateNames} → {ShapeText.Matrix(values.Result.Shape)}";
    }

    /// <summary>The gates of all steps at once may take the memory of what they are computed from.</summary>
    public override Value? InPlaceSource(Value write) =>
        write == values.Gates && endStep - firstStep == values.Steps ? values.Projected : null;

    public override void Differentiate(IGradients gradients)
    {
        if (endStep == values.Steps)
        {
            values.BeginBackward(gradients);
        }

        if (!values.HasGradient)
        {
            return;
        }

        gradients.Add(new RecurrentGradient(values, firstStep, endStep));
        if (firstStep == 0)
        {
            values.EndBackward(gradients);
        }
    }

    public override IReadOnlyList<KernelCall> Calls =>
    [
        new(
            $"{values.Cell.Kernel}.Forward",
            [
                values.Projected, values.Packed,
                .. values.Cell.SeparatesProducts ? (EquatableArray<Argument>)[values.Bias] : [],
                values.Gates,
                .. values.Cell.Kept is null ? (EquatableArray<Argument>)[] : [values.Kept],
                values.Previous, values.Result,
                .. values.Sizes(firstStep, endStep),
                .. firstStep > 0 ? (EquatableArray<Argument>)[] :
                [
                    .. Argument.OptionalNamed("initialHidden", values.InitialHidden),
                    .. Argument.OptionalNamed("initialCell", values.InitialCell),
                ],
            ]),
    ];

    private static IEnumerable<Value> OrNone(Value? value) => value is null ? [] : [value];
}
