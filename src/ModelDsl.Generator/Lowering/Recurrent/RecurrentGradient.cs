namespace ModelDsl.Generator.Lowering.Recurrent;

/// <summary>The gradients of the gates of some or all steps of a recurrent layer, from the step that is read last.</summary>
/// <param name="values">What the layer's operations share.</param>
/// <param name="resultGradient">The gradient of the layer's output.</param>
/// <param name="firstStep">The number of the first step, in the order in which they are read.</param>
/// <param name="endStep">The number after the last one.</param>
internal sealed class RecurrentGradient(RecurrentValues values, Value resultGradient, int firstStep, int endStep)
    : Operation(values.Layer)
{
    private readonly Value _projectedGradient = values.ProjectedGradient!;
    private readonly Value _productGradient = values.ProductGradient!;
    private readonly Value _packed = values.PackedBackward!;
    private readonly IReadOnlyList<Value> _carries = values.Carries;

    public override BatchUse BatchUse => BatchUse.Apart;

    public override int FewestSamples => RecurrentValues.FewestSamples;

    public override IEnumerable<Value> Reads =>
    [
        values.Gates!, .. values.Kept is null ? [] : (Value[])[values.Kept],
        .. values.Cell.SeparatesProducts ? (Value[])[values.Previous!] : [],
        _packed, resultGradient, .. values.Mask is null ? [] : (Value[])[values.Mask],
        .. endStep < values.Steps ? _carries : [],
    ];

    public override IEnumerable<Value> Writes =>
    [
        _projectedGradient, .. values.Cell.SeparatesProducts ? (Value[])[_productGradient] : [], .. _carries,
    ];

    public override Work Work => values.Work(firstStep, endStep);

    public override string Describe(NameOf name)
    {
        string rows = ShapeText.Matrix(resultGradient.Shape);
        string weight = values.Weight.Shape.ToString(", ");
        return $"{values.StepsText(firstStep, endStep)}: {rows} → {values.Cell.GateNames} → {ShapeText.Matrix(_projectedGradient.Shape)}, and ·[{weight}] to the step before";
    }

    /// <summary>The gradients of all steps at once may take the memory of the gates.</summary>
    public override Value? InPlaceSource(Value write) =>
        write == _productGradient && endStep - firstStep == values.Steps ? values.Gates : null;

    public override IReadOnlyList<KernelCall> Calls =>
    [
        new($"{values.Cell.Kernel}.Backward", [
                values.Gates!,
                .. Argument.Optional(values.Kept),
                .. values.Cell.SeparatesProducts ? (EquatableArray<Argument>)[values.Previous] : [],
                _packed, resultGradient, _projectedGradient,
                .. values.Cell.SeparatesProducts ? (EquatableArray<Argument>)[_productGradient] : [],
                .. _carries.Select(carry => (Argument)carry),
                .. values.Sizes(firstStep, endStep),
            ]),
    ];
}
