namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>The geometry of a convolution under test.</summary>
public sealed record ConvolutionCase(SlidingWindow Window, int Channels, int Outputs, int Groups, int Batch);
