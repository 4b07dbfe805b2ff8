namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>result = input · weightᵀ + bias, row by row.</summary>
internal sealed class LinearOperation(BoundLayer layer, Value input, Value weight, Value? bias, Value result)
    : HostOperation(layer, result)
{
    /// <summary>
    /// The weights up to which one sample takes less time inlined than by a kernel's call. Measured, in µs, inlined and called:
    /// 32x32 0.04 and 0.12, 128x128 0.53 and 0.76, 256x256 2.0 and 2.4. A larger layer is worth a second thread.
    /// </summary>
    private const int MostWeightsInlined = 256 * 256;

    public override BatchUse BatchUse => BatchUse.Apart;

    public override IEnumerable<Value> Reads => bias is null ? [input, weight] : [input, weight, bias];

    public override IEnumerable<Value> Weights => [weight];

    public override PackableWeight? PackableWeight =>
        weight.Shape.Rows <= KernelContract.MostOutputsOfDotProducts
            ? null
            : new PackableWeight(weight, Geometry: null);

    public override Work Work =>
        Work.Product(Size.Rows(input.Shape), input.Shape.Columns, Columns)
        + (bias is null ? Work.None : Work.Elements(Result));

    public override string Describe(NameOf name)
    {
        string rows = ShapeText.Rows(input.Shape);
        string product = $"[{rows}, {input.Shape.Columns}] · [{weight.Shape.ToString(", ")}]ᵀ";
        return $"{product}{(bias is null ? "" : $" + [{bias.Shape}]")} → [{rows}, {Columns}]";
    }

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Of(Result, Layer) is not { } gradient)
        {
            return;
        }

        bool accumulateBias = false;
        Value? biasGradient = bias is not null && gradients.Needs(bias) ? gradients.OfParameter(bias, out accumulateBias) : null;
        if (gradients.Needs(weight))
        {
            Value weightGradient = gradients.OfParameter(weight, out bool accumulate);

            // A weight that is tied to another layer's may have a gradient already where the bias has none.
            Value? along = accumulate == accumulateBias ? biasGradient : null;
            gradients.Add(new LinearWeightGradient(Layer, gradient, input, weightGradient, along, accumulate));
            biasGradient = along is null ? biasGradient : null;
        }

        if (biasGradient is not null)
        {
            gradients.Add(new ColumnSums(Layer, gradient, biasGradient, accumulateBias));
        }

        if (gradients.Needs(input))
        {
            gradients.Add(new LinearInputGradient(Layer, gradient, weight, gradients.Contribute(input)));
        }
    }

    public override KernelCall? SmallCall(Value destination, ActivationFunction? activation) =>
        input.Shape.Rows != 1 || weight.Shape.LongCount > MostWeightsInlined
            ? null
            : new KernelCall(
                "SmallDense.Forward",
                [
                    input, weight, new PackedWeightArgument(weight), bias, destination,
                    input.Shape.Columns, Columns, (activation ?? ActivationFunction.Identity).Struct,
                ]);

    public override KernelCall CallInto(Value destination, IReadOnlyList<KernelObject> stages) =>
        KernelCall.Hosting(
            "MatrixMultiplication.TimesTransposed",
            AfterBias(bias, stages),
            [input, weight, new PackedWeightArgument(weight), destination, Size.Rows(input.Shape), Columns, input.Shape.Columns]);
}
