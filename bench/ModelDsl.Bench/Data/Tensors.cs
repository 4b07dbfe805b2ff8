using TorchSharp;

namespace Benchmarks.Bench.Data;

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

    /// <summary>Runs a function and, where there is a gradient of its result, the gradients of what it computes from.</summary>
    public static void Run(Func<Tensor> forward, Tensor? gradient, params Tensor[] inputs)
    {
        using DisposeScope scope = NewDisposeScope();
        if (gradient is null)
        {
            using IDisposable guard = no_grad();
            forward();
            return;
        }

        foreach (Tensor input in inputs)
        {
            input.grad = null;
        }

        forward().backward([gradient]);
    }
}
