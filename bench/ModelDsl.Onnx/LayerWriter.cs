using System.Reflection;

namespace ModelDsl.Onnx;

/// <summary>Writes the layers of a model as nodes, in their order.</summary>
/// <param name="graph">What they are added to.</param>
/// <param name="model">The model with the parameters, or null where the graph has no tensors.</param>
internal sealed class LayerWriter(Graph graph, IModel? model)
{
    private static readonly Dictionary<Type, string> Activations = new()
    {
        [typeof(ReluAttribute)] = "Relu",
        [typeof(SigmoidAttribute)] = "Sigmoid",
        [typeof(TanhAttribute)] = "Tanh",
    };

    private readonly SequenceWriter _sequences = new(graph, model);
    private readonly List<WeightedLayer> _weighted = [];
    private Dictionary<string, int> _counts = [];
    private string _scope = "";

    /// <summary>The layers with weights, in the order of their nodes.</summary>
    public IReadOnlyList<WeightedLayer> Weighted => _weighted;

    /// <summary>Writes the layers of a model or block.</summary>
    /// <exception cref="NotSupportedException">One of them cannot be written yet.</exception>
    public Value WriteChain(Type type, Value input)
    {
        LayerAttribute[] layers = [.. type.GetCustomAttributes<LayerAttribute>()
            .Where(layer => layer is not (InputAttribute or LossAttribute))];
        Value value = input;
        for (int i = 0; i < layers.Length; i++)
        {
            var norm = layers.ElementAtOrDefault(i + 1) as BatchNormAttribute;
            if (layers[i] is Conv2DAttribute or DepthwiseConv2DAttribute
                || (layers[i] is DenseAttribute && value.Shape is [_]))
            {
                value = WriteWeighted(layers[i], norm, value);
                i += norm is null ? 0 : 1;
            }
            else
            {
                value = Write(layers[i], value);
            }
        }

        return value;
    }

    private Value Write(LayerAttribute layer, Value input)
    {
        Type type = layer.GetType();
        if (Activations.TryGetValue(type, out string? activation))
        {
            return input with { Name = graph.Add(activation, [input.Name]) };
        }

        return layer switch
        {
            // Draws masks in training only.
            DropoutAttribute => input,
            FlattenAttribute => Flatten(input),
            ImagePoolingAttribute pool => Pool(pool, input),
            GlobalAveragePoolAttribute when input.Shape is [_, _, int channels] =>
                Flatten(new Value(graph.Add("GlobalAveragePool", [input.Name]), [1, 1, channels])),
            GlobalAveragePoolAttribute when input.Shape is [_, _] => _sequences.WriteMean(input),
            GeluAttribute gelu => input with
            {
                Name = graph.AddOfOnnxRuntime(gelu.Approximate ? "FastGelu" : "Gelu", [input.Name]),
            },
            DenseAttribute dense => _sequences.WriteDense(dense, NameOf(dense, "dense"), input),
            EmbeddingAttribute embedding => _sequences.WriteEmbedding(embedding, NameOf(embedding, "embedding"), input),
            PositionEmbeddingAttribute => _sequences.WritePositions(NameOf(layer, "positionEmbedding"), input),
            LayerNormAttribute norm => _sequences.WriteLayerNorm(norm, NameOf(norm, "layerNorm"), input),
            SelfAttentionAttribute attention =>
                _sequences.WriteAttention(attention, NameOf(attention, "selfAttention"), input),
            LstmAttribute lstm => _sequences.WriteLstm(lstm, NameOf(lstm, "lstm"), input),
            _ when type.IsGenericType => WriteBlocks(layer, type, input),
            _ => throw new NotSupportedException($"{type.Name} cannot be written as ONNX yet"),
        };
    }

    private Value Flatten(Value input) => input.Shape.Length == 1
        ? input
        : new Value(
            graph.Add("Flatten", [input.Name], Graph.Of("axis", 1)),
            [input.Shape.Aggregate((product, extent) => product * extent)])
        {
            Image = input.Shape is [int height, int width, _] && height * width > 1 ? input.Shape : null,
        };

    private Value Pool(ImagePoolingAttribute layer, Value input)
    {
        Window window = new(
            layer, input.Shape[0], input.Shape[1],
            layer.DilationHeight == 0 ? layer.Dilation : layer.DilationHeight,
            layer.DilationWidth == 0 ? layer.Dilation : layer.DilationWidth);
        string name = layer is AvgPool2DAttribute average
            ? graph.Add(
                "AveragePool",
                [input.Name],
                [
                    .. window.Attributes,
                    window.Dilations,
                    Graph.Of("count_include_pad", average.CountIncludePadding ? 1 : 0),
                ])
            : graph.Add("MaxPool", [input.Name], [.. window.Attributes, window.Dilations]);
        return new Value(name, [window.Height, window.Width, input.Shape[2]]);
    }

    private Value WriteBlocks(LayerAttribute layer, Type type, Value input)
    {
        Type[] blocks = type.GetGenericArguments();
        string kind = type.Name.Split("Attribute")[0];
        string name = NameOf(layer, char.ToLowerInvariant(kind[0]) + kind[1..]);
        switch (kind)
        {
            case "Residual":
                return Add(input, WriteBlock(blocks[0], name, input));
            case "Sum":
                return blocks.Select((block, number) => WriteBlock(block, $"{name}.{(char)('a' + number)}", input))
                    .ToArray().Aggregate(Add);
            case "Repeat":
                int count = (int)type.GetProperty("Count")!.GetValue(layer)!;
                return Enumerable.Range(0, count)
                    .Aggregate(input, (value, number) => WriteBlock(blocks[0], $"{name}.{number}", value));
            default:
                throw new NotSupportedException($"{kind} cannot be written as ONNX yet");
        }
    }

    private Value Add(Value left, Value right) => left with { Name = graph.Add("Add", [left.Name, right.Name]) };

    private Value WriteBlock(Type block, string name, Value input)
    {
        var outer = (_scope, _counts);
        (_scope, _counts) = ($"{name}.", []);
        Value output = WriteChain(block, input);
        (_scope, _counts) = outer;
        return output;
    }

    private Value WriteWeighted(LayerAttribute layer, BatchNormAttribute? norm, Value input) => layer switch
    {
        DenseAttribute dense when input.Shape is [int inputs] => WriteDense(dense, norm, input, inputs),
        Conv2DAttribute conv => WriteConvolution(
            conv, "conv2D", conv.Filters, conv.Groups, norm, input),
        DepthwiseConv2DAttribute conv => WriteConvolution(
            conv, "depthwiseConv2D", input.Shape[2] * conv.Multiplier, input.Shape[2], norm, input),
        _ => throw new NotSupportedException(
            $"{layer.GetType().Name} on {input.Shape.Length} dimensions cannot be written as ONNX yet"),
    };

    private Value WriteDense(DenseAttribute dense, BatchNormAttribute? norm, Value input, int inputs)
    {
        int pixels = input.Image is [int height, int width, _] ? height * width : 1;
        string[] weights = AddWeights(dense, "dense", dense.UseBias, [dense.Units, inputs], pixels, norm);
        graph.MultiplyAdds += (long)dense.Units * inputs;
        return new Value(graph.Add("Gemm", [input.Name, .. weights], Graph.Of("transB", 1)), [dense.Units]);
    }

    private Value WriteConvolution(
        ImageConvolutionAttribute layer, string kind, int filters, int groups, BatchNormAttribute? norm, Value input)
    {
        Window window = new(
            layer,
            input.Shape[0],
            input.Shape[1],
            layer.DilationHeight == 0 ? layer.Dilation : layer.DilationHeight,
            layer.DilationWidth == 0 ? layer.Dilation : layer.DilationWidth);
        int channels = input.Shape[2] / groups, pixels = layer.KernelHeight * layer.KernelWidth;
        string[] weights = AddWeights(
            layer, kind, layer.UseBias, [filters, channels, layer.KernelHeight, layer.KernelWidth], pixels, norm);
        graph.MultiplyAdds += (long)window.Height * window.Width * filters * channels * pixels;
        string name = graph.Add(
            "Conv", [input.Name, .. weights], [.. window.Attributes, window.Dilations, Graph.Of("group", groups)]);
        return new Value(name, [window.Height, window.Width, filters]);
    }

    private string[] AddWeights(
        LayerAttribute layer, string kind, bool useBias, long[] dimensions, int pixels, BatchNormAttribute? norm)
    {
        WeightedLayer weighted = new(
            NameOf(layer, kind),
            dimensions,
            pixels,
            useBias,
            norm is null ? null : NameOf(norm, "batchNorm"),
            norm?.Epsilon ?? 0);
        _weighted.Add(weighted);
        Lazy<(float[] Weight, float[] Bias)> values = new(() => weighted.Read(model!));
        return
        [
            graph.AddTensor($"{weighted.Name}.weight", dimensions, () => values.Value.Weight),
            graph.AddTensor($"{weighted.Name}.bias", [dimensions[0]], () => values.Value.Bias),
        ];
    }

    /// <summary>The layer's name by the compiler's rule: the user's own, or the kind and its number.</summary>
    private string NameOf(LayerAttribute layer, string kind)
    {
        int number = _counts.GetValueOrDefault(kind) + 1;
        _counts[kind] = number;
        return _scope + (layer.Name ?? $"{kind}{number}");
    }
}
