using System.Runtime.InteropServices;
using Google.Protobuf;
using ModelDsl.Onnx.Format;

namespace ModelDsl.Onnx;

/// <summary>A value in the graph.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Shape">
/// One sample's extents in ModelDsl's order. ONNX has the batch before them, and an image's channels before its rows.
/// </param>
internal sealed record Value(string Name, int[] Shape)
{
    /// <summary>The image that a vector was before it was flattened, or null.</summary>
    public int[]? Image { get; init; }

    /// <summary>The extents of a batch in ONNX's order.</summary>
    public long[] DimensionsOf(int batch) => Shape is [int height, int width, int channels]
        ? [batch, channels, height, width]
        : [batch, .. Shape.Select(extent => (long)extent)];
}

/// <summary>The nodes and tensors of a graph that is being written.</summary>
internal sealed class Graph
{
    /// <summary>The graph as far as it is written.</summary>
    public GraphProto Proto { get; } = new();

    /// <summary>The multiplications of weights, each with an addition, for one sample.</summary>
    public long MultiplyAdds { get; set; }

    /// <summary>Adds a node with one output, whose name is returned.</summary>
    public string Add(string operation, string[] inputs, params AttributeProto[] attributes)
    {
        string output = $"{operation}{Proto.Node.Count + 1}";
        Proto.Node.Add(new NodeProto { Name = output, OpType = operation, Output = { output }, Input = { inputs }, Attribute = { attributes } });
        return output;
    }

    /// <summary>Adds a tensor of constants and returns its name.</summary>
    public string AddTensor(string name, long[] dimensions, ReadOnlySpan<float> values)
    {
        Proto.Initializer.Add(new TensorProto
        {
            Name = name,
            DataType = (int)TensorProto.Types.DataType.Float,
            Dims = { dimensions },
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values)),
        });
        return name;
    }

    /// <summary>An attribute that is a whole number.</summary>
    public static AttributeProto Of(string name, long value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    /// <summary>An attribute that is a list of whole numbers.</summary>
    public static AttributeProto Of(string name, params long[] values) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints, Ints = { values } };

    /// <summary>An attribute that is a text.</summary>
    public static AttributeProto Of(string name, string text) => new()
    {
        Name = name,
        Type = AttributeProto.Types.AttributeType.String,
        S = ByteString.CopyFromUtf8(text),
    };

    /// <summary>The description of an input or output of the whole graph.</summary>
    public static ValueInfoProto Describe(string name, long[] dimensions) => new()
    {
        Name = name,
        Type = new TypeProto
        {
            TensorType = new TypeProto.Types.Tensor
            {
                ElemType = (int)TensorProto.Types.DataType.Float,
                Shape = new TensorShapeProto
                {
                    Dim = { dimensions.Select(extent => new TensorShapeProto.Types.Dimension { DimValue = extent }) },
                },
            },
        },
    };
}
