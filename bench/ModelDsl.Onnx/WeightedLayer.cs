namespace ModelDsl.Onnx;

/// <summary>
/// A convolution or dense layer, with the normalisation behind it. The two are one node in ONNX: at inference a
/// normalisation only scales and shifts, which the weight and the bias can do as well.
/// </summary>
/// <param name="Name">The layer's name, with those of the blocks around it.</param>
/// <param name="Dimensions">The weight's extents in ONNX's order.</param>
/// <param name="Pixels">
/// The pixels that a row of the weight spans: of a filter, or of the image that a dense layer's input was before it
/// was flattened. Ours has the channels behind them, ONNX before them.
/// </param>
/// <param name="UseBias">Whether the layer has a bias of its own.</param>
/// <param name="Norm">The name of the normalisation behind it, or null.</param>
/// <param name="Epsilon">What the normalisation adds to the variance.</param>
internal sealed record WeightedLayer(
    string Name, long[] Dimensions, int Pixels, bool UseBias, string? Norm, double Epsilon)
{
    private int Rows => (int)Dimensions[0];

    private int RowLength => (int)Dimensions.Skip(1).Aggregate(1L, (product, extent) => product * extent);

    /// <summary>The layer's weight in ONNX's order, and its bias, with the normalisation in them.</summary>
    public (float[] Weight, float[] Bias) Read(IModel model)
    {
        float[] weight = model.Tensor($"{Name}.weight").ToArray();
        float[] bias = UseBias ? model.Tensor($"{Name}.bias").ToArray() : new float[Rows];
        if (Norm is not null)
        {
            ReadOnlySpan<float> scales = model.Tensor($"{Norm}.weight"), shifts = model.Tensor($"{Norm}.bias");
            ReadOnlySpan<float> means = model.Tensor($"{Norm}.runningMean");
            ReadOnlySpan<float> variances = model.Tensor($"{Norm}.runningVariance");
            for (int row = 0; row < Rows; row++)
            {
                double scale = scales[row] / Math.Sqrt(variances[row] + Epsilon);
                bias[row] = (float)(((bias[row] - (double)means[row]) * scale) + shifts[row]);
                foreach (ref float value in weight.AsSpan(row * RowLength, RowLength))
                {
                    value = (float)(value * scale);
                }
            }
        }

        return (Layout.Transpose(weight, Pixels, RowLength / Pixels), bias);
    }

    /// <summary>
    /// Gives the layer a weight in ONNX's order and a bias, and makes its normalisation hand through what it gets.
    /// </summary>
    public void Write(IModel model, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias)
    {
        Layout.Transpose(weight, RowLength / Pixels, Pixels).CopyTo(model.Tensor($"{Name}.weight"));
        if (Norm is null)
        {
            bias.CopyTo(model.Tensor($"{Name}.bias"));
            return;
        }

        if (UseBias)
        {
            model.Tensor($"{Name}.bias").Clear();
        }

        model.Tensor($"{Norm}.weight").Fill(1f);
        bias.CopyTo(model.Tensor($"{Norm}.bias"));
        model.Tensor($"{Norm}.runningMean").Clear();
        model.Tensor($"{Norm}.runningVariance").Fill((float)(1 - Epsilon));
    }
}

/// <summary>A model's tensors by name.</summary>
internal static class ModelTensors
{
    /// <summary>The memory of one parameter.</summary>
    public static Span<float> Tensor(this IModel model, string name)
    {
        ParameterDescription parameter = model.Description.Parameters.Single(candidate => candidate.Name == name);
        return model.Parameters.Slice(parameter.Offset, parameter.Shape.Count);
    }
}
