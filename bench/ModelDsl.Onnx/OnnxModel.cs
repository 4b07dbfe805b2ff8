using System.Reflection;
using System.Runtime.InteropServices;
using ModelDsl.Onnx.Format;

namespace ModelDsl.Onnx;

/// <summary>
/// A model for inference as ONNX has it: the nodes that the attributes of its class stand for, with the model's
/// parameters. Images are channels first, as ONNX's convolutions want them, and normalisations are in the weights
/// before them.
/// </summary>
public sealed class OnnxModel
{
    private const int FormatVersion = 8;
    private const int OperatorVersion = 17;

    private readonly IReadOnlyList<WeightedLayer> _weighted;
    private readonly Value _input;

    /// <summary>Writes a model for batches of one size.</summary>
    /// <exception cref="NotSupportedException">One of its layers cannot be written yet.</exception>
    public OnnxModel(IModel model, int batch)
    {
        Graph graph = new() { Proto = { Name = model.Description.Name } };
        Type type = model.GetType();
        int[] extents = [.. model.Description.InputShape.Dimensions];
        // Floats that are flattened at once may come flat: a node less.
        bool isFlat = extents.Length < 3
            && type.GetCustomAttributes<LayerAttribute>().FirstOrDefault(layer => layer is not InputAttribute) is FlattenAttribute;
        _input = new Value("input", isFlat ? [extents.Aggregate((product, extent) => product * extent)] : extents);
        LayerWriter writer = new(graph, model);
        Value output = writer.WriteChain(type, _input);
        _weighted = writer.Weighted;
        graph.Proto.Input.Add(Graph.Describe(_input.Name, _input.DimensionsOf(batch)));
        graph.Proto.Output.Add(Graph.Describe(output.Name, output.DimensionsOf(batch)));
        MultiplyAdds = graph.MultiplyAdds;
        Proto = new ModelProto
        {
            IrVersion = FormatVersion,
            ProducerName = "ModelDsl",
            OpsetImport = { new OperatorSetIdProto { Domain = "", Version = OperatorVersion } },
            Graph = graph.Proto,
        };
    }

    /// <summary>The model in ONNX's format.</summary>
    public ModelProto Proto { get; }

    /// <summary>The multiplications of weights, each with an addition, for one sample.</summary>
    public long MultiplyAdds { get; }

    /// <summary>Samples in the order in which the graph takes them.</summary>
    public float[] ToInput(ReadOnlySpan<float> samples) => _input.Shape is [int height, int width, int channels]
        ? WeightedLayer.Transpose(samples, height * width, channels)
        : samples.ToArray();

    /// <summary>
    /// Gives a model of the written class the weights of a file whose convolutions and dense layers come in the same
    /// order, with normalisations already in them.
    /// </summary>
    /// <exception cref="InvalidDataException">The file's layers are not those of the class.</exception>
    public void CopyWeights(ModelProto file, IModel model)
    {
        NodeProto[] nodes = [.. file.Graph.Node.Where(node => node.OpType is "Conv" or "Gemm")];
        if (nodes.Length != _weighted.Count)
        {
            throw new InvalidDataException(
                $"expected {_weighted.Count} convolutions and dense layers for {model.Description.Name}, got {nodes.Length}");
        }

        var tensors = file.Graph.Initializer.ToDictionary(tensor => tensor.Name);
        foreach ((WeightedLayer layer, NodeProto node) in _weighted.Zip(nodes))
        {
            TensorProto weight = tensors[node.Input[1]];
            if (!weight.Dims.SequenceEqual(layer.Dimensions))
            {
                throw new InvalidDataException(
                    $"expected a weight of [{string.Join(", ", layer.Dimensions)}] for {layer.Name}, got [{string.Join(", ", weight.Dims)}]");
            }

            layer.Write(model, FloatsOf(weight), FloatsOf(tensors[node.Input[2]]));
        }
    }

    private static ReadOnlySpan<float> FloatsOf(TensorProto tensor) => MemoryMarshal.Cast<byte, float>(tensor.RawData.Span);
}
