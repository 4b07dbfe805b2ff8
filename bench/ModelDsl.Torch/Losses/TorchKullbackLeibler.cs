namespace Benchmarks.Torch.Losses;

internal sealed class TorchKullbackLeibler(KullbackLeiblerAttribute attribute) : ITorchLoss<KullbackLeiblerAttribute>
{
    public Tensor Evaluate(Tensor outputs, Tensor targets) => F.kl_div(
        (attribute.FromProbabilities ? outputs.log() : outputs).flatten(0, -2),
        targets.flatten(0, -2),
        log_target: false,
        reduction: TorchSharp.torch.nn.Reduction.Sum) / outputs.flatten(0, -2).shape[0];
}
