namespace Benchmarks.ScaleBench.Workers;

/// <summary>One side's model of a family, alone in its process.</summary>
internal interface ISide : IDisposable
{
    /// <summary>A training step: gradients, and a step of Adam.</summary>
    Contender Train();

    /// <summary>A prediction of the batch, after training.</summary>
    Contender Predict();
}
