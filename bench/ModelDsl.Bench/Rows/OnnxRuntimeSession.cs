using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Benchmarks.Bench.Rows;

/// <summary>
/// A model in ONNX Runtime as a careful user runs it: all optimisations of the graph, and its input and output bound to
/// tensors that exist.
/// </summary>
internal sealed class OnnxRuntimeSession : IDisposable
{
    private readonly RunOptions _options = new();
    private readonly InferenceSession _session;
    private readonly OrtIoBinding _binding;
    private readonly OrtValue _input;
    private readonly OrtValue _output;

    /// <summary>Loads a model with one input and one output, and gives it its input.</summary>
    public OnnxRuntimeSession(byte[] model, int threads, ReadOnlySpan<float> input)
    {
        using SessionOptions options = new()
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
        };
        _session = new InferenceSession(model, options);
        (string inputName, NodeMetadata inputs) = _session.InputMetadata.Single();
        (string outputName, NodeMetadata outputs) = _session.OutputMetadata.Single();
        _input = Allocate(inputs);
        _output = Allocate(outputs);
        input.CopyTo(_input.GetTensorMutableDataAsSpan<float>());
        _binding = _session.CreateIoBinding();
        _binding.BindInput(inputName, _input);
        _binding.BindOutput(outputName, _output);
    }

    /// <summary>The output of the last run.</summary>
    public ReadOnlySpan<float> Output => _output.GetTensorDataAsSpan<float>();

    /// <summary>Computes the output.</summary>
    public void Run() => _session.RunWithBinding(_options, _binding);

    /// <inheritdoc />
    public void Dispose()
    {
        _binding.Dispose();
        _input.Dispose();
        _output.Dispose();
        _session.Dispose();
        _options.Dispose();
    }

    private static OrtValue Allocate(NodeMetadata metadata) => OrtValue.CreateAllocatedTensorValue(
        OrtAllocator.DefaultInstance,
        TensorElementType.Float,
        Array.ConvertAll(metadata.Dimensions, extent => (long)extent));
}
