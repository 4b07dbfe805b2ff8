using ModelDsl.Generator.Emission;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>∂weight = ∂outputᵀ · input over all rows of the batch, and ∂bias = the column sums of ∂output along with it.</summary>
internal sealed class LinearWeightGradient(
    BoundLayer layer,
    Value outputGradient,
    Value input,
    Value weightGradient,
    Value? biasGradient,
    bool accumulate)
    : Operation(layer)
{
    public override IEnumerable<Value> Reads => [outputGradient, input];

    public override IEnumerable<Value> Writes =>
        biasGradient is null ? [weightGradient] : [weightGradient, biasGradient];

    public override string Describe()
    {
        string rows = OperationWriter.RowsText(input.Shape);
        string product = $"[{rows}, {outputGradient.Shape.Columns}]ᵀ · [{rows}, {input.Shape.Columns}]";
        string bias = biasGradient is null ? "" : $", and its column sums → [{biasGradient.Shape}]";
        return $"{product} → [{weightGradient.Shape.ToString(", ")}]{bias}";
    }

    public override void Emit(OperationWriter writer)
    {
        string rowSums = biasGradient is null ? "default" : writer.Name(biasGradient);
        List<string> arguments =
        [
            writer.Name(outputGradient), writer.Name(input), writer.Name(weightGradient), rowSums,
            $"{outputGradient.Shape.Columns}", $"{input.Shape.Columns}", writer.Rows(input.Shape),
        ];
        if (accumulate)
        {
            arguments.Add("accumulate: true");
        }

        writer.Call("MatrixMultiplication.TransposedTimes", [.. arguments]);
    }
}
