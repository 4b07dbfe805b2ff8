using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl.Torch.Layers;

internal sealed class TorchClip(ClipAttribute attribute) : ITorchLayer<ClipAttribute>
{
    public Tensor Forward(Tensor input) => F.hardtanh(input, attribute.Minimum, attribute.Maximum);
}
