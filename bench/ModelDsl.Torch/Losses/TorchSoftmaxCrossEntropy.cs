using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl.Torch.Losses;

internal sealed class TorchSoftmaxCrossEntropy : ITorchLoss<SoftmaxCrossEntropyAttribute>
{
    public Tensor Evaluate(Tensor outputs, Tensor targets) => F.cross_entropy(
        outputs.flatten(0, -2), targets.is_floating_point() ? targets.flatten(0, -2) : targets);
}
