namespace ModelDsl.Tests.Reference;

/// <summary>A loss in plain double precision.</summary>
internal interface IReferenceLoss
{
    /// <summary>The mean loss of a batch.</summary>
    double Evaluate(double[] outputs, Batch batch);
}
