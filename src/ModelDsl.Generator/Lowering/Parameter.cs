using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Lowering;

/// <summary>A trainable tensor and its place in the parameter memory.</summary>
/// <param name="Layer">The layer it belongs to.</param>
/// <param name="TensorName">The name in files: <c>dense1.weight</c>.</param>
/// <param name="Value">The tensor itself.</param>
/// <param name="Gradient">The tensor's gradient.</param>
/// <param name="Offset">Where it starts, in floats: a multiple of a cache line.</param>
/// <param name="Initialization">How it is filled before training.</param>
internal sealed record Parameter(
    BoundLayer Layer,
    string TensorName,
    Value Value,
    Value Gradient,
    int Offset,
    Initialization Initialization);
