namespace ModelDsl.Tests.Reference;

/// <summary>One stage of a model in plain double precision.</summary>
internal interface IReferenceLayer
{
    /// <summary>The outputs for a batch of samples that lie one after the other.</summary>
    double[] Forward(double[] input, int batch);
}
