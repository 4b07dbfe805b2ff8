namespace Benchmarks.Torch;

/// <summary>One stage of a model in libtorch.</summary>
internal interface ITorchLayer
{
    /// <summary>The layer's output for a batch [batch, ...].</summary>
    Tensor Forward(Tensor input);
}
