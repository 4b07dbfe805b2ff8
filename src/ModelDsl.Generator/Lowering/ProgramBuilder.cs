using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Lowering;

/// <summary>Collects the forward operations of one program as the layers add them.</summary>
internal sealed class ProgramBuilder(bool isTraining)
{
    private readonly List<Operation> _operations = [];
    private readonly List<Operation> _preparations = [];
    private readonly List<Parameter> _parameters = [];

    /// <summary>Whether the program is for training, where some layers behave differently.</summary>
    public bool IsTraining => isTraining;

    /// <summary>
    /// The number of steps of the whole sequence where the program computes one step at a time; 0 where it computes all.
    /// </summary>
    public int StepCount { get; init; }

    /// <summary>
    /// Whether the program of one step tells steps apart by their number, from 0 to <see cref="StepCount"/> - 1: then a
    /// sequence cannot go on beyond that.
    /// </summary>
    public bool UsesPosition { get; private set; }

    /// <summary>Notes that the code of an operation reads the variable <c>position</c>.</summary>
    public void UsePosition() => UsesPosition = true;

    public IReadOnlyList<Operation> Operations => [.. _preparations, .. _operations];

    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>Declares a trainable tensor, or a constant one where the layer is frozen.</summary>
    public Value Parameter(BoundLayer layer, string tensor, TensorShape shape, Initialization initialization) =>
        Declare(layer, tensor, shape, initialization, layer.IsFrozen ? ValueKind.State : ValueKind.Parameter);

    /// <summary>Declares a tensor that is kept with the parameters, but that no gradient changes.</summary>
    public Value State(BoundLayer layer, string tensor, TensorShape shape, Initialization initialization) =>
        Declare(layer, tensor, shape, initialization, ValueKind.State);

    /// <summary>Makes a value for what an operation computes of the whole batch, or needs to work with.</summary>
    public Value Scratch(BoundLayer layer, string name, TensorShape shape) =>
        new(Variable(layer, name), shape, ValueKind.Scratch);

    /// <summary>Makes a value of any shape for each sample, such as what the backward pass needs besides the output.</summary>
    public Value Activation(BoundLayer layer, string name, TensorShape shape) =>
        new(Variable(layer, name), shape, ValueKind.Activation);

    /// <summary>
    /// Makes a value that a program of one step finds as the step before has left it, zero before the first: keys and values,
    /// a hidden state. An operation may read and write it.
    /// </summary>
    public Value Kept(BoundLayer layer, string name, TensorShape shape) =>
        new(Variable(layer, name), shape, ValueKind.Kept);

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
            input = StepCount == 0
                ? layer.Definition.Lower(layer, this, input)
                : layer.Definition.LowerStep(layer, this, input);
        }

        return input;
    }

    /// <summary>Adds an operation that reads parameters only, ahead of all that reads a sample.</summary>
    public void Prepare(Operation operation) => _preparations.Add(operation);

    /// <summary>Adds an operation that writes no value.</summary>
    public void AddEffect(Operation operation) => _operations.Add(operation);

    /// <summary>Adds an operation and returns its result, the first of what it writes.</summary>
    public Value Add(Operation operation)
    {
        _operations.Add(operation);
        return operation.Writes.First();
    }

    private Value Declare(
        BoundLayer layer, string tensor, TensorShape shape, Initialization initialization, ValueKind kind)
    {
        string variable = Variable(layer, tensor);
        var value = new Value(variable, shape, kind);
        var gradient = new Value(variable + "Gradient", shape, ValueKind.ParameterGradient);
        string option = char.ToUpperInvariant(tensor[0]) + tensor.Substring(1);
        _parameters.Add(new Parameter(layer, $"{layer.Path}.{tensor}", value, gradient, initialization)
        {
            Penalty = new Penalty(layer.Declaration.Float(option + "L1"), layer.Declaration.Float(option + "L2")),
        });
        return value;
    }

    private static string Variable(BoundLayer layer, string name) =>
        layer.Name + char.ToUpperInvariant(name[0]) + name.Substring(1);
}
