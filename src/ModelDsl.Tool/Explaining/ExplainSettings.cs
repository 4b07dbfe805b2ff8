namespace ModelDsl.Tool.Explaining;

/// <summary>What is explained, and on what machine.</summary>
/// <param name="Program">Which of the model's programs.</param>
/// <param name="Batch">The samples of a batch.</param>
/// <param name="PeakGigaflops">
/// What the processor computes at most, in GFLOP/s; null where no time is predicted.
/// </param>
/// <param name="BandwidthGigabytes">What the memory delivers at most, in GB/s; null likewise.</param>
internal sealed record ExplainSettings(
    ModelProgram Program, int Batch, double? PeakGigaflops, double? BandwidthGigabytes);

/// <summary>A program that the compiler writes of a model.</summary>
internal enum ModelProgram
{
    /// <summary>Forward pass, loss and backward pass.</summary>
    Training,

    /// <summary>The forward pass in inference mode.</summary>
    Inference,

    /// <summary>One token of one sequence, of a model that generates.</summary>
    Step,

    /// <summary>The gradients of each sample, clipped.</summary>
    Clipping,
}
