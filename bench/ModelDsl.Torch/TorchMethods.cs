using Benchmarks.Torch.Layers;

namespace Benchmarks.Torch;

/// <summary>What forward methods compute in libtorch: by hand for each class, since nothing reads them here.</summary>
public static class TorchMethods
{
    private static readonly Dictionary<Type, Func<TorchMethodParameters, Func<Tensor, Tensor>>> Methods = [];

    private static readonly Dictionary<Type, Func<TorchMethodParameters, Func<Tensor, Tensor, Tensor>>> Losses = [];

    /// <summary>Says what the method of a loss makes of outputs [batch, ...shape] and targets.</summary>
    /// <param name="type">The block.</param>
    /// <param name="create">Asks for the parameters, and gives the function, whose result is [batch].</param>
    public static void AddLoss(Type type, Func<TorchMethodParameters, Func<Tensor, Tensor, Tensor>> create) =>
        Losses.Add(type, create);

    /// <summary>Says what the method of a model or block computes of a batch [batch, ...shape].</summary>
    /// <param name="type">The class.</param>
    /// <param name="create">Asks for the parameters, and gives the function of the input.</param>
    public static void Add(Type type, Func<TorchMethodParameters, Func<Tensor, Tensor>> create) =>
        Methods.Add(type, create);

    /// <summary>Whether a class has a forward method.</summary>
    internal static bool HasMethod(Type type) =>
        type.GetMethod("Forward", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)
            is not null;

    /// <summary>Whether the method of a class is known.</summary>
    internal static bool Knows(Type type) => Methods.ContainsKey(type) || KnowsLoss(type);

    /// <summary>Whether the method of a class is known as a loss.</summary>
    internal static bool KnowsLoss(Type type) => Losses.ContainsKey(type);

    /// <summary>The method of a class as a loss of each sample.</summary>
    internal static Func<Tensor, Tensor, Tensor> CreateLoss(Type type, TorchLayerContext context) =>
        Losses[type](new TorchMethodParameters(context));

    /// <summary>The method of a class as a layer.</summary>
    internal static ITorchLayer Create(Type type, TorchLayerContext context) =>
        new Layer(Methods[type](new TorchMethodParameters(context)));

    private sealed class Layer(Func<Tensor, Tensor> forward) : ITorchLayer
    {
        public Tensor Forward(Tensor input) => forward(input);
    }
}

/// <summary>Makes the parameters of a method.</summary>
public sealed class TorchMethodParameters
{
    private readonly TorchLayerContext _context;

    internal TorchMethodParameters(TorchLayerContext context) => _context = context;

    /// <summary>A parameter by the name that the compiled model gives it, within the block at hand.</summary>
    public Parameter Add(string name, params long[] shape) =>
        _context.AddParameter(new ParameterAttribute(), _context.NameInScope(name), shape);

    /// <summary>A layer <c>Dense</c>: a function of the last dimension.</summary>
    public Func<Tensor, Tensor> Dense(string name, long inputs, long outputs)
    {
        Parameter weight = Add($"{name}.weight", outputs, inputs), bias = Add($"{name}.bias", outputs);
        return x => F.linear(x, weight, bias);
    }

    /// <summary>A layer <c>CrossAttention</c>: a function of queries and memory.</summary>
    public Func<Tensor, Tensor, Tensor> CrossAttention(
        string name, long width, long memoryWidth, int heads, bool useBias = true) =>
        TorchCrossAttention.Create(
            new CrossAttentionAttribute<object>(), heads, useBias, _context, _context.NameInScope(name), width,
            memoryWidth);

    /// <summary>
    /// A layer <c>GruWithState</c>: a function of steps and of the first state, zeros where it is null, to outputs and
    /// the last state.
    /// </summary>
    public Func<Tensor, Tensor?, (Tensor Outputs, Tensor State)> Gru(string name, long inputs, int units)
    {
        GRU module = nn.GRU(inputs, units, batchFirst: true);
        Name(new GruAttribute(units), name, module, hasTwoBiases: true);
        return (x, state) =>
        {
            (Tensor outputs, Tensor last) = module.call(x, state?.unsqueeze(0));
            return (outputs, last.squeeze(0));
        };
    }

    /// <summary>A layer <c>SimpleRnnWithState</c>, as <see cref="Gru"/>.</summary>
    public Func<Tensor, Tensor?, (Tensor Outputs, Tensor State)> SimpleRnn(
        string name, long inputs, int units, RecurrentActivation activation)
    {
        nn.NonLinearities function = activation == RecurrentActivation.Relu
            ? nn.NonLinearities.ReLU
            : nn.NonLinearities.Tanh;
        RNN module = nn.RNN(inputs, units, 1, function, batchFirst: true);
        Name(new SimpleRnnAttribute(units), name, module);
        return (x, state) =>
        {
            (Tensor outputs, Tensor last) = module.call(x, state?.unsqueeze(0));
            return (outputs, last.squeeze(0));
        };
    }

    /// <summary>A layer <c>LstmWithState</c>, whose states are pairs of output and cell.</summary>
    public Func<Tensor, (Tensor Hidden, Tensor Cell)?, (Tensor Outputs, (Tensor Hidden, Tensor Cell) State)> Lstm(
        string name, long inputs, int units)
    {
        LSTM module = nn.LSTM(inputs, units, batchFirst: true);
        Name(new LstmAttribute(units), name, module);
        return (x, state) =>
        {
            (Tensor, Tensor)? first =
                state is { } given ? (given.Hidden.unsqueeze(0), given.Cell.unsqueeze(0)) : null;
            (Tensor outputs, Tensor hidden, Tensor cell) = module.call(x, first);
            return (outputs, (hidden.squeeze(0), cell.squeeze(0)));
        };
    }

    /// <summary>Says what shape a sample has behind the method.</summary>
    public void GivesShape(params long[] shape) => _context.Shape = shape;

    private void Name(RecurrentAttribute attribute, string name, nn.Module module, bool hasTwoBiases = false) =>
        _ = new TorchRecurrence(attribute, _context.NameInScope(name), _context, module, hasTwoBiases);
}
