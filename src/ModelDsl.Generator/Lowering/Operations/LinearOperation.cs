using ModelDsl.Generator.Emission;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>result = input · weightᵀ + bias, row by row.</summary>
internal sealed class LinearOperation(BoundLayer layer, Value input, Value weight, Value? bias, Value result)
    : HostOperation(layer, result)
{
    public override IEnumerable<Value> Reads => bias is null ? [input, weight] : [input, weight, bias];

    public override string Describe()
    {
        string rows = OperationWriter.RowsText(input.Shape);
        string product = $"[{rows}, {input.Shape.Columns}] · [{weight.Shape.ToString(", ")}]ᵀ";
        return $"{product}{(bias is null ? "" : $" + [{bias.Shape}]")} → [{rows}, {Columns}]";
    }

    public override void Differentiate(GradientBuilder gradients)
    {
        if (gradients.Of(Result, Layer) is not { } gradient)
        {
            return;
        }

        if (gradients.Needs(weight))
        {
            Value weightGradient = gradients.OfParameter(weight, out bool accumulate);
            Value? biasGradient = bias is not null && gradients.Needs(bias) ? gradients.OfParameter(bias, out _) : null;
            gradients.Add(new LinearWeightGradient(Layer, gradient, input, weightGradient, biasGradient, accumulate));
        }

        if (gradients.Needs(input))
        {
            gradients.Add(new LinearInputGradient(Layer, gradient, weight, gradients.Contribute(input)));
        }
    }

    public override void EmitHosting(OperationWriter writer, Value destination, IReadOnlyList<string> stages)
    {
        IReadOnlyList<string> all = bias is null ? stages : [writer.New("AddBias", writer.Name(bias)), .. stages];
        writer.CallWithStages(
            "MatrixMultiplication.TimesTransposed",
            all,
            writer.Name(input), writer.Name(weight), writer.Name(destination),
            writer.Rows(input.Shape), $"{Columns}", $"{input.Shape.Columns}");
    }
}
