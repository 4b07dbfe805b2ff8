using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl.Torch.Losses;

internal sealed class TorchBinaryCrossEntropy : ITorchLoss<BinaryCrossEntropyAttribute>
{
    public Tensor Evaluate(Tensor outputs, Tensor targets) => F.binary_cross_entropy_with_logits(outputs, targets);
}
