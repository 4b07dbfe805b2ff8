using ModelDsl.Generator.Emission;

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

    public override IEnumerable<Value> Reads =>
    [
        values.Gates!, .. values.Kept is null ? [] : (Value[])[values.Kept],
        .. values.Cell.SeparatesProducts ? (Value[])[values.Previous!] : [],
        values.PackedBackward!, resultGradient, .. endStep < values.Steps ? values.Carries : [],
    ];

    public override IEnumerable<Value> Writes =>
    [
        _projectedGradient, .. values.Cell.SeparatesProducts ? (Value[])[_productGradient] : [], .. values.Carries,
    ];

    public override string Describe()
    {
        string rows = OperationWriter.MatrixText(resultGradient.Shape);
        string weight = values.Weight.Shape.ToString(", ");
        return $"{values.StepsText(firstStep, endStep)}: {rows} → {values.Cell.GateNames} → {OperationWriter.MatrixText(_projectedGradient.Shape)}, and ·[{weight}] to the step before";
    }

    /// <summary>The gradients of all steps at once may take the memory of the gates.</summary>
    public override Value? InPlaceSource(Value write) =>
        write == _productGradient && endStep - firstStep == values.Steps ? values.Gates : null;

    public override void Emit(OperationWriter writer) =>
        writer.Call(
            $"{values.Cell.Kernel}.Backward",
            [
                writer.Name(values.Gates!),
                .. values.Kept is null ? (string[])[] : [writer.Name(values.Kept)],
                .. values.Cell.SeparatesProducts ? (string[])[writer.Name(values.Previous!)] : [],
                writer.Name(values.PackedBackward!), writer.Name(resultGradient), writer.Name(_projectedGradient),
                .. values.Cell.SeparatesProducts ? (string[])[writer.Name(_productGradient)] : [],
                .. values.Carries.Select(writer.Name),
                .. values.Sizes(writer, firstStep, endStep),
            ]);
}
