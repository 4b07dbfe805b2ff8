using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl.Torch.Layers;

internal sealed class TorchSpatialDropout(SpatialDropoutAttribute attribute, TorchLayerContext context)
    : ITorchLayer<SpatialDropoutAttribute>
{
    public Tensor Forward(Tensor input) =>
        F.feature_dropout(input.movedim([-1], [1]), attribute.Rate, context.Training).movedim([1], [-1]);
}
