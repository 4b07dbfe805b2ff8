using static TorchSharp.torch;

namespace Benchmarks.ReferenceVectors;

/// <summary>Tensors that become one safetensors file.</summary>
internal sealed class TensorCollection
{
    private readonly List<NamedTensor> _tensors = [];

    /// <summary>Adds a tensor's values as floats; a scalar is kept as one element.</summary>
    public void Add(string name, Tensor tensor)
    {
        int[] extents = tensor.dim() == 0 ? [1] : [.. tensor.shape.Select(extent => (int)extent)];
        using Tensor floats = tensor.detach().to(ScalarType.Float32).contiguous();
        _tensors.Add(new NamedTensor(name, new Shape(extents), floats.data<float>().ToArray()));
    }

    /// <summary>Writes the file.</summary>
    public void Write(string path) => SafetensorsFile.Write(
        path, _tensors, new Dictionary<string, string> { ["source"] = $"libtorch {TorchSharp.torch.__version__}" });
}
