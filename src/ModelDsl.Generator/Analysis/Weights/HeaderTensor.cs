using ModelDsl.Generator.Common;

namespace ModelDsl.Generator.Analysis.Weights;

/// <summary>A tensor as the header of a safetensors file describes it.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Dimensions">Its extents, outermost first.</param>
internal sealed record HeaderTensor(string Name, EquatableArray<long> Dimensions);
