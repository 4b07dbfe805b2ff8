using static TorchSharp.torch;

namespace ModelDsl.Bench.Data;

/// <summary>What rows do to several tensors at once.</summary>
internal static class Tensors
{
    /// <summary>Gives the tensors back.</summary>
    public static void DisposeAll(params Tensor[] tensors)
    {
        foreach (Tensor tensor in tensors)
        {
            tensor.Dispose();
        }
    }
}
