namespace Benchmarks.Torch;

/// <summary>
/// Says what an attribute means in libtorch. <see cref="TorchModel"/> finds the class by this interface and hands its
/// constructor what it asks for: the attribute, the <see cref="TorchLayerContext"/>, both or neither.
/// </summary>
internal interface ITorchLayer<TAttribute> : ITorchLayer
    where TAttribute : LayerAttribute;
