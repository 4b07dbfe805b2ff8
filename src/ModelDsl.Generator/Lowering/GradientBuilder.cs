using ModelDsl.Generator.Common;
using ModelDsl.Generator.Lowering.Operations;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Lowering;

/// <summary>
/// Derives the backward pass: walks the forward operations in reverse, lets each apply its rule, and adds up what
/// reaches a value from several sides. What no parameter needs is never asked for.
/// </summary>
internal sealed class GradientBuilder
{
    private readonly Dictionary<Value, Value> _gradients;
    private readonly List<Operation> _operations = [];
    private readonly Dictionary<Value, List<Value>> _contributions = [];
    private readonly HashSet<Value> _needed = [];
    private readonly HashSet<Value> _written = [];
    private readonly CancellationToken _cancellation;

    private GradientBuilder(ProgramBuilder forward, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _gradients = forward.Parameters
            .Looked(cancellation)
            .ToDictionary(parameter => parameter.Value, parameter => parameter.Gradient);
        foreach (Parameter parameter in forward.Parameters.Where(parameter => parameter.IsTrainable))
        {
            _needed.Add(parameter.Value);
        }

        foreach (Operation operation in forward.Operations.Looked(cancellation))
        {
            if (operation.Reads.Any(_needed.Contains))
            {
                _needed.UnionWith(operation.Writes);
            }
        }
    }

    /// <summary>The backward operations for a program, from the gradients of its outputs.</summary>
    public static IReadOnlyList<Operation> Derive(ProgramBuilder forward, CancellationToken cancellation)
    {
        var builder = new GradientBuilder(forward, cancellation);
        foreach (Head head in forward.Heads.Where(head => builder.Needs(head.Output)))
        {
            builder.Contribute(head.Output, head.Gradient);
        }

        foreach (Operation operation in forward.Operations.Reverse())
        {
            cancellation.Look();
            if (operation.Writes.Any(builder.Needs))
            {
                operation.Differentiate(builder);
            }
        }

        // Last, when the gradients are complete.
        IEnumerable<Parameter> penalized = forward.Parameters
            .Looked(cancellation)
            .Where(parameter => parameter.IsTrainable && parameter.Penalty.IsPresent);
        foreach (Parameter parameter in penalized)
        {
            Value gradient = builder.OfParameter(parameter.Value, out bool accumulate);
            builder.Add(new WeightPenaltyOperation(parameter.Layer, parameter.Value, gradient, parameter.Penalty, accumulate));
        }

        return builder._operations;
    }

    /// <summary>Whether a value's gradient leads to a parameter.</summary>
    public bool Needs(Value value) => _needed.Contains(value);

    /// <summary>The whole gradient of a value that an operation wrote; null where nothing depends on it.</summary>
    public Value? Of(Value value, BoundLayer layer)
    {
        if (!_contributions.TryGetValue(value, out List<Value>? parts))
        {
            return null;
        }

        Value sum = parts[0];
        for (int i = 1; i < parts.Count; i++)
        {
            var next = new Value(Name(value) + "Sum", value.Shape, ValueKind.Gradient);
            Add(new AddOperation(layer, sum, parts[i], next));
            sum = next;
        }

        return sum;
    }

    /// <summary>A new value for the part of a value's gradient that the calling rule is about to write.</summary>
    public Value Contribute(Value value)
    {
        var gradient = new Value(Name(value), value.Shape, ValueKind.Gradient);
        Contribute(value, gradient);
        return gradient;
    }

    /// <summary>A new value for what a rule works with: one for each sample, or one for the batch.</summary>
    public Value Scratch(Value value, string name, TensorShape shape, bool isPerSample) =>
        new(Name(value) + name, shape, isPerSample ? ValueKind.Gradient : ValueKind.Scratch);

    /// <summary>Passes a gradient on, seen under the shape of <paramref name="value"/>.</summary>
    public void ContributeView(Value value, Value gradient) =>
        Contribute(value, new Value(Name(value), value.Shape, ValueKind.Gradient, gradient));

    /// <summary>Adds an operation to the backward pass.</summary>
    public void Add(Operation operation)
    {
        _cancellation.Look();
        _operations.Add(operation);
    }

    /// <summary>
    /// The gradient of a parameter, and whether another operation has written a part of it, to which the next is added.
    /// </summary>
    public Value OfParameter(Value parameter, out bool accumulate)
    {
        accumulate = !_written.Add(parameter);
        return _gradients[parameter];
    }

    private void Contribute(Value value, Value gradient)
    {
        if (!_contributions.TryGetValue(value, out List<Value>? parts))
        {
            _contributions[value] = parts = [];
        }

        parts.Add(gradient);
    }

    private static string Name(Value value) => value.Name + "Gradient";
}
