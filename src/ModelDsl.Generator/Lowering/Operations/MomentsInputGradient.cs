namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>The gradient of what was normalised by moments of the batch, or of each sample.</summary>
/// <param name="layer">The layer.</param>
/// <param name="source">The gradient of the result.</param>
/// <param name="input">What was normalised.</param>
/// <param name="mean">Its means.</param>
/// <param name="scale">What it was multiplied by.</param>
/// <param name="offset">The mean of the gradient.</param>
/// <param name="slope">How the gradient falls with the distance from the mean.</param>
/// <param name="isPerSample">Whether each sample has moments of its own.</param>
/// <param name="result">Where the gradient goes.</param>
internal sealed class MomentsInputGradient(
    BoundLayer layer,
    Value source,
    Value input,
    Value mean,
    Value scale,
    Value offset,
    Value slope,
    bool isPerSample,
    Value result)
    : StageOperation(layer, source, result)
{
    public override IEnumerable<Value> Operands => [input, mean, scale, offset, slope];

    public override string DescribeStage(NameOf name) => "gradient of the normalisation";

    public override KernelObject Stage => isPerSample
        ? new("NormalizeSamplesGradient", [input, Columns, mean, scale, offset, slope, input.Shape.Rows])
        : new("NormalizeGradient", [input, Columns, mean, scale, offset, slope]);
}
