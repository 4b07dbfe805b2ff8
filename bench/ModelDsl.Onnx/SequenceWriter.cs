namespace ModelDsl.Onnx;

/// <summary>Writes the layers that work on sequences [steps, features].</summary>
/// <param name="graph">What they are added to.</param>
/// <param name="model">The model with the parameters, or null where the graph has no tensors.</param>
internal sealed class SequenceWriter(Graph graph, IModel? model)
{
    /// <summary>A dense layer on each step: a product, and the bias behind it.</summary>
    /// <exception cref="NotSupportedException">The input is an image.</exception>
    public Value WriteDense(DenseAttribute dense, string name, Value input)
    {
        if (input.Shape is not [int steps, int features] || dense.TiedTo is not null)
        {
            throw new NotSupportedException(
                "dense layers on images or with another's weight cannot be written as ONNX yet");
        }

        graph.MultiplyAdds += (long)steps * features * dense.Units;
        string product = graph.Add(
            "MatMul", [input.Name, AddTransposed($"{name}.weight", dense.Units, features)]);
        return input with
        {
            Name = dense.UseBias ? graph.Add("Add", [product, Add($"{name}.bias", dense.Units)]) : product,
            Shape = [steps, dense.Units],
        };
    }

    /// <summary>The rows of a table that tokens, which are floats here as they are in a model, stand for.</summary>
    public Value WriteEmbedding(EmbeddingAttribute embedding, string name, Value input)
    {
        const int Int64 = 7;
        string tokens = graph.Add("Cast", [input.Name], Graph.Of("to", Int64));
        return new Value(
            graph.Add("Gather", [Add($"{name}.weight", embedding.Vocabulary, embedding.Width), tokens]),
            [.. input.Shape, embedding.Width]);
    }

    /// <summary>A vector for each step, added to the step's own.</summary>
    public Value WritePositions(string name, Value input) => input with
    {
        Name = graph.Add("Add", [input.Name, Add($"{name}.weight", [.. input.Shape])]),
    };

    /// <summary>Normalises each step by itself.</summary>
    public Value WriteLayerNorm(LayerNormAttribute norm, string name, Value input)
    {
        string[] bias = norm.UseBias ? [Add($"{name}.bias", input.Shape[^1])] : [];
        return input with
        {
            Name = graph.Add(
                "LayerNormalization",
                [input.Name, Add($"{name}.weight", input.Shape[^1]), .. bias],
                Graph.Of("axis", -1),
                Graph.Of("epsilon", (float)norm.Epsilon)),
        };
    }

    /// <summary>
    /// Attention with its projections, as ONNX Runtime's own operator, which its optimiser for transformers also makes
    /// of the nodes that other programs write.
    /// </summary>
    /// <exception cref="NotSupportedException">Queries and keys are turned by their positions.</exception>
    public Value WriteAttention(SelfAttentionAttribute attention, string name, Value input)
    {
        if (attention.Rotary || !attention.UseBias || input.Shape is not [int steps, int width])
        {
            throw new NotSupportedException(
                "attention with rotary positions or without biases cannot be written as ONNX yet");
        }

        graph.MultiplyAdds += (4L * steps * width * width) + (2L * steps * steps * width);
        string attended = graph.AddOfOnnxRuntime(
            "Attention",
            [input.Name, AddTransposed($"{name}.qkvWeight", 3 * width, width), Add($"{name}.qkvBias", 3 * width)],
            Graph.Of("num_heads", attention.Heads),
            Graph.Of("unidirectional", attention.Causal ? 1 : 0));
        string product = graph.Add("MatMul", [attended, AddTransposed($"{name}.outputWeight", width, width)]);
        return input with { Name = graph.Add("Add", [product, Add($"{name}.outputBias", width)]) };
    }

    /// <summary>
    /// A long short-term memory. ONNX has the gates in the order i, o, f, g, and we, as PyTorch, i, f, g, o.
    /// </summary>
    /// <exception cref="NotSupportedException">It runs backwards, or gives its last step only.</exception>
    public Value WriteLstm(LstmAttribute lstm, string name, Value input)
    {
        if (input is not { IsStepsFirst: true, Shape: [int steps, int features] }
            || lstm is not { GoBackwards: false, ReturnSequences: true })
        {
            throw new NotSupportedException("this recurrent layer cannot be written as ONNX yet");
        }

        int units = lstm.Units;
        graph.MultiplyAdds += 4L * steps * units * (features + units);
        string weight = AddGates($"{name}.weight", units, features);
        string recurrentWeight = AddGates($"{name}.recurrentWeight", units, units);
        // ONNX has two biases, of which ours is the first.
        string[] bias = lstm.UseBias
            ? [graph.AddTensor($"{name}.bias", [1, 8 * units], () => WithZeros(Gates($"{name}.bias", units)))]
            : [];
        string output = graph.Add(
            "LSTM", [input.Name, weight, recurrentWeight, .. bias], Graph.Of("hidden_size", units));
        string axis = graph.AddNumbers($"{name}.direction", 1);
        return input with { Name = graph.Add("Squeeze", [output, axis]), Shape = [steps, units] };
    }

    /// <summary>The mean of all steps.</summary>
    public Value WriteMean(Value input) => new(
        graph.Add("ReduceMean", [input.Name], Graph.Of("axes", [input.IsStepsFirst ? 0 : 1]), Graph.Of("keepdims", 0)),
        [input.Shape[1]]);

    private string Add(string name, params int[] dimensions) =>
        graph.AddTensor(name, Array.ConvertAll(dimensions, extent => (long)extent), () => model!.Tensor(name));

    private string AddTransposed(string name, int rows, int columns) =>
        graph.AddTensor(name, [columns, rows], () => Layout.Transpose(model!.Tensor(name), rows, columns));

    private static float[] WithZeros(float[] values) => [.. values, .. new float[values.Length]];

    private string AddGates(string name, int units, int inputs) =>
        graph.AddTensor(name, [1, 4 * units, inputs], () => Gates(name, units * inputs));

    /// <summary>A tensor whose quarters, of the given length, belong to the gates, in ONNX's order.</summary>
    private float[] Gates(string name, int length)
    {
        ReadOnlySpan<float> values = model!.Tensor(name);
        return [.. values[..length], .. values[(3 * length)..], .. values[length..(3 * length)]];
    }
}
