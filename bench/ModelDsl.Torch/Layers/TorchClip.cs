namespace Benchmarks.Torch.Layers;

/// <summary>By clamp: TorchSharp's hardtanh gave other values than clamp and double precision did.</summary>
internal sealed class TorchClip(ClipAttribute attribute) : ITorchLayer<ClipAttribute>
{
    public Tensor Forward(Tensor input) => clamp(input, attribute.Minimum, attribute.Maximum);
}
