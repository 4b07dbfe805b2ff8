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

    /// <summary>Whether a sequence has its steps before the batch, as ONNX's recurrent operators want them.</summary>
    public bool IsStepsFirst { get; init; }

    /// <summary>The extents of a batch in ONNX's order.</summary>
    public long[] DimensionsOf(int batch) => Shape switch
    {
        [int height, int width, int channels] => [batch, channels, height, width],
        [int steps, int features] when IsStepsFirst => [steps, batch, features],
        _ => [batch, .. Shape.Select(extent => (long)extent)],
    };

    /// <summary>A batch in ONNX's order, from ours.</summary>
    public float[] Enter(ReadOnlySpan<float> batch) => Shape switch
    {
        [int height, int width, int channels] => Layout.Transpose(batch, height * width, channels),
        [int steps, int features] when IsStepsFirst =>
            Layout.Transpose(batch, batch.Length / (steps * features), steps, features),
        _ => batch.ToArray(),
    };

    /// <summary>A batch in our order, from ONNX's.</summary>
    public float[] Leave(ReadOnlySpan<float> batch) => Shape switch
    {
        [int height, int width, int channels] => Layout.Transpose(batch, channels, height * width),
        [int steps, int features] when IsStepsFirst =>
            Layout.Transpose(batch, steps, batch.Length / (steps * features), features),
        _ => batch.ToArray(),
    };
}

/// <summary>The nodes and tensors of a graph that is being written.</summary>
/// <param name="hasTensors">Whether constants are written, or only the nodes, which say how much they compute.</param>
internal sealed class Graph(bool hasTensors)
{
    /// <summary>The domain of ONNX Runtime's own operators.</summary>
    public const string OnnxRuntimeDomain = "com.microsoft";

    /// <summary>The graph as far as it is written.</summary>
    public GraphProto Proto { get; } = new();

    /// <summary>The multiplications of weights, each with an addition, for one sample.</summary>
    public long MultiplyAdds { get; set; }

    /// <summary>Adds a node with one output, whose name is returned.</summary>
    public string Add(string operation, string[] inputs, params AttributeProto[] attributes) =>
        AddOf("", operation, inputs, attributes);

    /// <summary>Adds a node of ONNX Runtime's own.</summary>
    public string AddOfOnnxRuntime(string operation, string[] inputs, params AttributeProto[] attributes) =>
        AddOf(OnnxRuntimeDomain, operation, inputs, attributes);

    /// <summary>Adds a tensor of constants and returns its name.</summary>
    public string AddTensor(string name, long[] dimensions, Func<ReadOnlySpan<float>> read)
    {
        if (hasTensors)
        {
            Proto.Initializer.Add(new TensorProto
            {
                Name = name,
                DataType = (int)TensorProto.Types.DataType.Float,
                Dims = { dimensions },
                RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(read())),
            });
        }

        return name;
    }

    /// <summary>Adds a list of whole numbers and returns its name.</summary>
    public string AddNumbers(string name, params long[] values)
    {
        Proto.Initializer.Add(new TensorProto
        {
            Name = name,
            DataType = (int)TensorProto.Types.DataType.Int64,
            Dims = { values.Length },
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan())),
        });
        return name;
    }

    private string AddOf(string domain, string operation, string[] inputs, AttributeProto[] attributes)
    {
        string output = $"{operation}{Proto.Node.Count + 1}";
        Proto.Node.Add(new NodeProto
        {
            Name = output,
            Domain = domain,
            OpType = operation,
            Output = { output },
            Input = { inputs },
            Attribute = { attributes },
        });
        return output;
    }

    /// <summary>An attribute that is a whole number.</summary>
    public static AttributeProto Of(string name, long value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    /// <summary>An attribute that is a number.</summary>
    public static AttributeProto Of(string name, float value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = value };

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
