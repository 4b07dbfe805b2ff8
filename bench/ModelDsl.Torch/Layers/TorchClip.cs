using static TorchSharp.torch;

namespace ModelDsl.Torch.Layers;

/// <summary>By clamp: the same function as hardtanh, whose bounds TorchSharp does not pass on as they are given.</summary>
internal sealed class TorchClip(ClipAttribute attribute) : ITorchLayer<ClipAttribute>
{
    public Tensor Forward(Tensor input) => clamp(input, attribute.Minimum, attribute.Maximum);
}
