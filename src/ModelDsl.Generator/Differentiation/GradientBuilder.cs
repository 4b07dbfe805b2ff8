namespace ModelDsl.Generator.Differentiation;

/// <summary>
/// Derives the backward pass: walks the forward operations in reverse, lets each apply its rule, and adds up what
/// reaches a value from several sides. What no parameter needs is never asked for, unless the input's gradient is.
/// </summary>
internal sealed class GradientBuilder : IGradients
{
    private readonly Dictionary<Value, Value> _gradients;
    private readonly List<Operation> _operations = [];
    private readonly Dictionary<Value, List<Value>> _contributions = [];
    private readonly HashSet<Value> _needed = [];
    private readonly HashSet<Value> _written = [];
    private readonly Dictionary<Value, Value> _wholes = [];
    private readonly Dictionary<Value, Value> _outputs = [];
    private readonly ValueKind _kind;
    private readonly CancellationToken _cancellation;

    private GradientBuilder(LoweredModel model, bool needsInput, ValueKind kind, CancellationToken cancellation)
    {
        (_kind, _cancellation) = (kind, cancellation);
        _gradients = model.Layout.Parameters
            .Looked(cancellation)
            .ToDictionary(parameter => parameter.Value, parameter => parameter.Gradient);
        foreach (Parameter parameter in model.Layout.Parameters.Where(parameter => parameter.IsTrainable))
        {
            _needed.Add(parameter.Value);
        }

        if (needsInput)
        {
            _needed.Add(model.TrainingInput);
        }

        foreach (Operation operation in model.ForwardAndComparison.Looked(cancellation))
        {
            if (operation.Reads.Any(_needed.Contains))
            {
                // The tokens of one of several inputs have no gradient.
                _needed.UnionWith(operation.Writes.Where(value => !value.Shape.IsTokens));
            }
        }
    }

    /// <summary>The backward operations of a model, from the gradients of its outputs.</summary>
    /// <param name="model">The model.</param>
    /// <param name="needsInput">Whether the gradient of the samples is needed.</param>
    /// <param name="cancellation">Looked at for each operation.</param>
    /// <param name="kind">
    /// What the gradients of activations are: one for each sample, or working memory that the samples use in turn.
    /// </param>
    public static DifferentiatedModel Derive(
        LoweredModel model, bool needsInput, CancellationToken cancellation, ValueKind kind = ValueKind.Gradient)
    {
        var builder = new GradientBuilder(model, needsInput, kind, cancellation);
        foreach (Head head in model.Heads.Where(head => builder.Needs(head.Compared)))
        {
            builder.Contribute(head.Compared, head.Gradient);
        }

        IReadOnlyList<Operation> comparison = builder.PassComparison(model);
        foreach (Operation operation in model.Forward.Reverse())
        {
            cancellation.Look();
            // Of the samples' gradient tokens have a part too, which is zero.
            if (operation.Writes.Any(builder.Needs)
                || (operation is InputSlice { Samples: var samples } && builder.Needs(samples)))
            {
                operation.Differentiate(builder);
            }
        }

        Value? inputGradient = needsInput ? builder.Of(model.TrainingInput, model.Layers[0]) : null;

        // Last, when the gradients are complete.
        IEnumerable<Parameter> penalized = model.Layout.Parameters
            .Looked(cancellation)
            .Where(parameter => parameter.IsTrainable && parameter.Penalty.IsPresent);
        foreach (Parameter parameter in penalized)
        {
            Value gradient = builder.OfParameter(parameter.Value, out bool accumulate);
            builder.Add(new WeightPenaltyOperation(parameter.Layer, parameter.Value, gradient, parameter.Penalty, accumulate));
        }

        return new DifferentiatedModel(model, builder._operations, inputGradient)
        {
            Comparison = comparison,
            OutputGradients =
            [
                .. model.Heads.Select(head =>
                    builder._outputs.TryGetValue(head.Output, out Value? own) ? own : head.Gradient),
            ],
        };
    }

    // The backward pass of what makes losses of the outputs. It ends with the gradients of these, each in one place.
    private List<Operation> PassComparison(LoweredModel model)
    {
        foreach (Operation operation in model.Comparison.Reverse())
        {
            _cancellation.Look();
            if (operation.Writes.Any(Needs))
            {
                operation.Differentiate(this);
            }
        }

        foreach (Head head in model.Heads.Where(head => head.Losses is not null && Needs(head.Output)))
        {
            Value? gradient = Of(head.Output, head.Layer);
            if (gradient is null)
            {
                gradient = new Value(Gradient(head.Output), head.Output.Shape, _kind);
                Add(new NoOutputGradient(head.Layer, gradient));
            }

            _contributions[head.Output] = [gradient];
            _outputs[head.Output] = gradient;
        }

        List<Operation> comparison = [.. _operations];
        _operations.Clear();
        return comparison;
    }

    public bool Needs(Value value) => _needed.Contains(value);

    public Value? Of(Value value, BoundLayer layer)
    {
        List<Value> parts = _contributions.TryGetValue(value, out List<Value>? found) ? [.. found] : [];

        // What was computed of parameters has a sum over the samples, as they have.
        if (_written.Contains(value))
        {
            parts.Add(_gradients[value]);
        }

        if (parts.Count == 0)
        {
            return null;
        }

        Value sum = parts[0];
        for (int i = 1; i < parts.Count; i++)
        {
            var next = new Value(Gradient(value).With("Sum"), value.Shape, KindOf(value))
            {
                MayBeRounded = value.Root.MayBeRounded,
            };
            Operation add = new AddOperation(layer, sum, parts[i], next);
            Add(IsFixed(value) ? new FixedOperation(add) : add);
            sum = next;
        }

        return sum;
    }

    public Value Contribute(Value value)
    {
        var gradient = new Value(Gradient(value), value.Shape, KindOf(value))
        {
            MayBeRounded = value.Root.MayBeRounded,
        };
        Contribute(value, gradient);
        return gradient;
    }

    public Value ContributePart(Value value)
    {
        if (!_wholes.TryGetValue(value, out Value? whole))
        {
            _wholes.Add(value, whole = Contribute(value));
        }

        return whole;
    }

    public Value Scratch(Value value, string name, TensorShape shape, bool isPerSample, bool mayBeRounded = false) =>
        new(Gradient(value).With(name), shape, isPerSample ? _kind : ValueKind.Scratch) { MayBeRounded = mayBeRounded };

    public void ContributeView(Value value, Value gradient) =>
        Contribute(value, new Value(Gradient(value), value.Shape, KindOf(value), gradient));

    public void Add(Operation operation)
    {
        _cancellation.Look();
        _operations.Add(operation);
    }

    public Value OfParameter(Value parameter, out bool accumulate)
    {
        Value root = parameter.Root;
        if (!_gradients.TryGetValue(root, out Value? gradient))
        {
            _gradients.Add(root, gradient = new Value(Gradient(root), root.Shape, ValueKind.Scratch));
        }

        accumulate = !_written.Add(root);
        return gradient;
    }

    private void Contribute(Value value, Value gradient)
    {
        if (!_contributions.TryGetValue(value, out List<Value>? parts))
        {
            _contributions[value] = parts = [];
        }

        parts.Add(gradient);
    }

    // What was computed of parameters has one gradient for the batch, as they have.
    private ValueKind KindOf(Value value) => IsFixed(value) ? ValueKind.Scratch : _kind;

    private static bool IsFixed(Value value) =>
        value.Root.Kind is ValueKind.Scratch or ValueKind.Parameter or ValueKind.State;

    private static TensorId Gradient(Value value) => value.Id.With("Gradient");
}
