namespace Benchmarks.Torch;

/// <summary>The loss of a model in libtorch.</summary>
internal interface ITorchLoss
{
    /// <summary>The batch's mean loss: int64 labels [batch], or float values of the outputs' shape.</summary>
    Tensor Evaluate(Tensor outputs, Tensor targets);
}
