using ModelDsl.Generator.Lowering.Images;

namespace ModelDsl.Generator.Lowering;

/// <summary>A weight that a model for inference packs once, for what reads it.</summary>
/// <param name="Weight">The weight.</param>
/// <param name="Geometry">The convolution whose filters it is; null where it is the matrix of a product.</param>
internal sealed record PackableWeight(Value Weight, ConvolutionGeometry? Geometry);
