namespace ModelDsl.Generator.Layers;

/// <summary>The mean of |y - t| over all elements.</summary>
internal sealed class MeanAbsoluteErrorLayer : LossLayer
{
    public override string Kind => "MeanAbsoluteError";
}
