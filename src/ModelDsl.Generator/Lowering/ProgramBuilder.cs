using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Lowering;

/// <summary>Collects the forward operations of one program as the layers add them.</summary>
internal sealed class ProgramBuilder(bool isTraining)
{
    // Tensors start on cache lines, so that vector loads never straddle one at a tensor's start.
    private const int Alignment = 16;

    private readonly List<Operation> _operations = [];
    private readonly List<Parameter> _parameters = [];

    /// <summary>Whether the program is for training, where some layers behave differently.</summary>
    public bool IsTraining => isTraining;

    public IReadOnlyList<Operation> Operations => _operations;

    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>The length of the parameter memory so far, in floats.</summary>
    public int ParameterLength { get; private set; }

    /// <summary>Declares a trainable tensor.</summary>
    public Value Parameter(BoundLayer layer, string tensor, TensorShape shape, Initialization initialization)
    {
        string variable = layer.Name + char.ToUpperInvariant(tensor[0]) + tensor.Substring(1);
        var value = new Value(variable, shape, ValueKind.Parameter);
        var gradient = new Value(variable + "Gradient", shape, ValueKind.ParameterGradient);
        _parameters.Add(new Parameter(layer, $"{layer.Path}.{tensor}", value, gradient, ParameterLength, initialization));
        ParameterLength += (shape.Count + Alignment - 1) / Alignment * Alignment;
        return value;
    }

    /// <summary>Makes the value that holds a layer's output.</summary>
    public Value Activation(BoundLayer layer) => new(layer.Name, layer.Output, ValueKind.Activation);

    /// <summary>Shows a value under a layer's output shape.</summary>
    public Value View(BoundLayer layer, Value source)
    {
        var view = new Value(layer.Name, layer.Output, source.Kind, source);
        _operations.Add(new ViewOperation(layer, source, view));
        return view;
    }

    /// <summary>Adds the operations of a block's layers and returns what flows out.</summary>
    public Value Lower(IEnumerable<BoundLayer> layers, Value input)
    {
        foreach (BoundLayer layer in layers)
        {
            input = layer.Definition.Lower(layer, this, input);
        }

        return input;
    }

    /// <summary>Adds an operation and returns what it writes.</summary>
    public Value Add(Operation operation)
    {
        _operations.Add(operation);
        return operation.Writes.Single();
    }
}
