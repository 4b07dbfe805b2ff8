namespace ModelDsl.Generator.Lowering.Recurrent;

/// <summary>The gradients of the gates of some or all steps of a recurrent layer, from the step that is read last.</summary>
/// <param name="values">What the layer's operations share.</param>
/// <param name="firstStep">The number of the first step, in the order in which they are read.</param>
/// <param name="endStep">The number after the last one.</param>
internal sealed class RecurrentGradient(RecurrentValues values, int firstStep, int endStep)
    : Operation(values.Layer)
{
    private readonly Value _projectedGradient = values.ProjectedGradient!;
    private readonly Value _productGradient = values.ProductGradient!;
    private readonly Value _packed = values.PackedBackward!;
    private readonly IReadOnlyList<Value> _carries = values.Carries;
    private readonly Value? _resultGradient = values.ResultGradient;

    // Only the steps at the ends have to do with the states there.
    private readonly Value? _lastHiddenGradient = endStep == values.Steps ? values.LastHiddenGradient : null;
    private readonly Value? _lastCellGradient = endStep == values.Steps ? values.LastCellGradient : null;
    private readonly Value? _initialHiddenGradient = firstStep == 0 ? values.InitialHiddenGradient : null;
    private readonly Value? _initialCell = firstStep == 0 ? values.InitialCell : null;
    private readonly Value? _initialCellGradient = firstStep == 0 ? values.InitialCellGradient : null;

    public override BatchUse BatchUse => BatchUse.Apart;

    public override int FewestSamples => RecurrentValues.FewestSamples;

    public override IEnumerable<Value> Reads =>
    [
        values.Gates!, .. OrNone(values.Kept),
        .. values.Cell.SeparatesProducts ? (Value[])[values.Previous!] : [],
        _packed, .. OrNone(_resultGradient), .. OrNone(values.Mask),
        .. endStep < values.Steps ? _carries : [],
        .. OrNone(_lastHiddenGradient), .. OrNone(_lastCellGradient), .. OrNone(_initialCell),
    ];

    public override IEnumerable<Value> Writes =>
    [
        _projectedGradient, .. values.Cell.SeparatesProducts ? (Value[])[_productGradient] : [], .. _carries,
        .. OrNone(_initialHiddenGradient), .. OrNone(_initialCellGradient),
    ];

    public override Work Work => values.Work(firstStep, endStep);

    public override string Describe(NameOf name)
    {
        string rows = ShapeText.Matrix(values.Result.Shape);
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
                _packed, _resultGradient, _projectedGradient,
                .. values.Cell.SeparatesProducts ? (EquatableArray<Argument>)[_productGradient] : [],
                .. _carries.Select(carry => (Argument)carry),
                .. values.Sizes(firstStep, endStep),
                .. Argument.OptionalNamed("lastHiddenGradient", _lastHiddenGradient),
                .. Argument.OptionalNamed("lastCellGradient", _lastCellGradient),
                .. Argument.OptionalNamed("initialHiddenGradient", _initialHiddenGradient),
                .. Argument.OptionalNamed("initialCell", _initialCell),
                .. Argument.OptionalNamed("initialCellGradient", _initialCellGradient),
            ]),
    ];

    private static IEnumerable<Value> OrNone(Value? value) => value is null ? [] : [value];
}
