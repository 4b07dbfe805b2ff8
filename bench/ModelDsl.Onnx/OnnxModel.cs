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
    private readonly Value _output;

    /// <summary>Writes a model for batches of one size.</summary>
    /// <exception cref="NotSupportedException">One of its layers cannot be written yet.</exception>
    public OnnxModel(IModel model, int batch)
    {
        Graph graph = new(hasTensors: true) { Proto = { Name = model.Description.Name } };
        Type type = model.GetType();
        _input = InputOf(type);
        LayerWriter writer = new(graph, model);
        _output = writer.WriteChain(type, _input);
        _weighted = writer.Weighted;
        graph.Proto.Input.Add(Graph.Describe(_input.Name, _input.DimensionsOf(batch)));
        graph.Proto.Output.Add(Graph.Describe(_output.Name, _output.DimensionsOf(batch)));
        Proto = new ModelProto
        {
            IrVersion = FormatVersion,
            ProducerName = "ModelDsl",
            OpsetImport =
            {
                new OperatorSetIdProto { Domain = "", Version = OperatorVersion },
                new OperatorSetIdProto { Domain = Graph.OnnxRuntimeDomain, Version = 1 },
            },
            Graph = graph.Proto,
        };
    }

    /// <summary>The model in ONNX's format.</summary>
    public ModelProto Proto { get; }

    /// <summary>
    /// The multiplications, each with an addition, of the convolutions, products and recurrent layers of a model class,
    /// for one sample.
    /// </summary>
    /// <exception cref="NotSupportedException">One of its layers cannot be written yet.</exception>
    public static long CountMultiplyAdds(Type type)
    {
        Graph graph = new(hasTensors: false);
        new LayerWriter(graph, model: null).WriteChain(type, InputOf(type));
        return graph.MultiplyAdds;
    }

    /// <summary>Samples in the order in which the graph takes them.</summary>
    public float[] ToInput(ReadOnlySpan<float> samples) => _input.Enter(samples);

    /// <summary>Outputs of the graph in the order in which the model gives them.</summary>
    public float[] FromOutput(ReadOnlySpan<float> outputs) => _output.Leave(outputs);

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
                $"expected {_weighted.Count} convolutions and dense layers for {model.Description.Name}, "
                    + $"got {nodes.Length}");
        }

        var tensors = file.Graph.Initializer.ToDictionary(tensor => tensor.Name);
        foreach ((WeightedLayer layer, NodeProto node) in _weighted.Zip(nodes))
        {
            TensorProto weight = tensors[node.Input[1]];
            if (!weight.Dims.SequenceEqual(layer.Dimensions))
            {
                throw new InvalidDataException(
                    $"expected a weight of [{string.Join(", ", layer.Dimensions)}] for {layer.Name}, "
                        + $"got [{string.Join(", ", weight.Dims)}]");
            }

            layer.Write(model, FloatsOf(weight), FloatsOf(tensors[node.Input[2]]));
        }
    }

    private static Value InputOf(Type type)
    {
        LayerAttribute[] layers = [.. type.GetCustomAttributes<LayerAttribute>()];
        int[] extents = layers.OfType<InputAttribute>().Single().Dimensions.ToArray();
        LayerAttribute first = layers.First(layer => layer is not InputAttribute);
        // What is flattened at once may come flat: a node less.
        return first is FlattenAttribute && extents.Length < 3
            ? new Value("input", [extents.Aggregate((product, extent) => product * extent)])
            : new Value("input", extents) { IsStepsFirst = first is LstmAttribute };
    }

    private static ReadOnlySpan<float> FloatsOf(TensorProto tensor) =>
        MemoryMarshal.Cast<byte, float>(tensor.RawData.Span);
}
