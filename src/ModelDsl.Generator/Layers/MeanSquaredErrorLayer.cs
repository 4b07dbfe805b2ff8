namespace ModelDsl.Generator.Layers;

/// <summary>The mean of (y - t)² over all elements.</summary>
internal sealed class MeanSquaredErrorLayer : LossLayer
{
    public override string Kind => "MeanSquaredError";
}
