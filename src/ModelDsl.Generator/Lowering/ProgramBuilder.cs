namespace ModelDsl.Generator.Lowering;

/// <summary>Collects the forward operations of one program as the layers add them.</summary>
internal sealed class ProgramBuilder(bool isTraining, CancellationToken cancellation)
{
    private readonly List<Operation> _operations = [];
    private readonly List<Operation> _preparations = [];
    private readonly List<Operation> _comparison = [];
    private readonly List<Parameter> _parameters = [];
    private readonly Dictionary<Value, StepPadding?> _paddings = [];
    private readonly Dictionary<TensorId, Parameter> _declared = [];
    private readonly Dictionary<Value, Value> _ofSample = [];
    private readonly List<Head> _heads = [];
    private readonly List<LayerOutput> _outputs = [];
    private HashSet<LayerSource> _read = [];
    private int _taken;
    private bool _isComparing;
    private bool _isOfParameters;

    /// <summary>Whether the program is for training, where some layers behave differently.</summary>
    public bool IsTraining => isTraining;

    /// <summary>How convolutions are computed.</summary>
    public ConvolutionMethod Convolution { get; init; }

    /// <summary>
    /// The number of steps of the whole sequence where the program computes one step at a time; 0 where it computes
    /// all.
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

    /// <summary>The outputs with their losses: one, or one for each head.</summary>
    public IReadOnlyList<Head> Heads => _heads;

    /// <summary>The operations that make losses of outputs and targets, where kernels do not.</summary>
    public IReadOnlyList<Operation> Comparison => _comparison;

    /// <summary>
    /// The number of the head whose loss is lowered, while one is; null where the model has one loss.
    /// </summary>
    public int? ComparedHead { get; private set; }

    private List<Operation> Current => _isComparing ? _comparison : _operations;

    /// <summary>
    /// What each layer gives that computes something, in data-flow order, those within blocks included.
    /// </summary>
    public IReadOnlyList<LayerOutput> LayerOutputs => _outputs;

    /// <summary>Adds an output and returns it.</summary>
    public Value AddHead(BoundLayer loss, Value output)
    {
        Value own = Own(loss, output);
        _heads.Add(new Head(loss, own, new Value(own.Id.With("Gradient"), own.Shape, ValueKind.Gradient)));
        return own;
    }

    /// <summary>An output in memory of the model's own: the samples' buffer is the caller's.</summary>
    public Value Own(BoundLayer layer, Value output) => output.Root.Kind == ValueKind.Input
        ? Add(new CopyOperation(
            layer, output, new Value(new TensorId(LayerPath.Model, "output"), output.Shape, ValueKind.Activation)))
        : output;

    /// <summary>Adds the operations that make losses of the outputs, after all others.</summary>
    /// <param name="isJoined">Whether the model has several heads.</param>
    public void Compare(bool isJoined)
    {
        _isComparing = true;
        for (int i = 0; i < _heads.Count; i++)
        {
            Head head = _heads[i];
            ComparedHead = isJoined ? i : null;
            if (head.Loss.Compare(head.Layer, this, head.Output) is { } losses)
            {
                var gradient = new Value(losses.Id.With("Gradient"), losses.Shape, ValueKind.Gradient);
                _heads[i] = head with { Losses = losses, Gradient = gradient };
            }
        }

        (_isComparing, ComparedHead) = (false, null);
    }

    /// <summary>As <see cref="Compare(bool)"/>, with outputs that lie somewhere else.</summary>
    /// <param name="heads">The outputs with their losses.</param>
    /// <param name="isJoined">Whether the model has several heads.</param>
    public void Compare(IEnumerable<Head> heads, bool isJoined)
    {
        _heads.AddRange(heads);
        Compare(isJoined);
    }

    /// <summary>
    /// The part of the samples that belongs to an input: all of them, or what follows the inputs taken so far.
    /// </summary>
    public Value TakeInput(BoundLayer layer, Value samples)
    {
        if (samples.Shape == layer.Output)
        {
            return samples;
        }

        int start = _taken;
        _taken += layer.Output.Count;
        return Add(new InputSlice(layer, samples, start, ExactActivation(layer)));
    }

    /// <summary>Declares a trainable tensor, or a constant one where the layer is frozen.</summary>
    public Value Parameter(BoundLayer layer, string tensor, TensorShape shape, Initialization initialization) =>
        Declare(
            layer,
            tensor,
            shape,
            initialization,
            layer.IsFrozen ? ValueKind.State : ValueKind.Parameter,
            isStatistic: false);

    /// <summary>A tensor that an earlier layer has declared.</summary>
    public Value Declared(TensorId tensor) => _declared[tensor].Value;

    /// <summary>
    /// Declares a statistic: kept with the parameters and moved by training's forward pass, unless the layer is frozen.
    /// </summary>
    public Value State(BoundLayer layer, string tensor, TensorShape shape, Initialization initialization) =>
        Declare(layer, tensor, shape, initialization, ValueKind.State, isStatistic: !layer.IsFrozen);

    /// <summary>Makes a value for what an operation computes of the whole batch, or needs to work with.</summary>
    public Value Scratch(BoundLayer layer, string name, TensorShape shape) =>
        new(new TensorId(layer.Path, name), shape, ValueKind.Scratch);

    /// <summary>
    /// Makes a value of any shape for each sample, such as what the backward pass needs besides the output.
    /// </summary>
    public Value Activation(BoundLayer layer, string name, TensorShape shape, bool mayBeRounded = false) =>
        new(new TensorId(layer.Path, name), shape, _isOfParameters ? ValueKind.Scratch : ValueKind.Activation)
        {
            MayBeRounded = mayBeRounded && !_isComparing && !_isOfParameters,
        };

    /// <summary>
    /// Makes a value that a program of one step finds as the step before has left it, zero before the first: keys and
    /// values, a hidden state. An operation may read and write it.
    /// </summary>
    public Value Kept(BoundLayer layer, string name, TensorShape shape) =>
        new(new TensorId(layer.Path, name), shape, ValueKind.Kept);

    /// <summary>Makes the value that holds a layer's output.</summary>
    public Value Activation(BoundLayer layer) => Activation(layer, "", layer.Output, mayBeRounded: true);

    /// <summary>Makes the value that holds a layer's output, of which no model rounds a bit.</summary>
    public Value ExactActivation(BoundLayer layer) => Activation(layer, "", layer.Output);

    /// <summary>Shows a value under a layer's output shape.</summary>
    public Value View(BoundLayer layer, Value source) => View(layer, "", layer.Output, source);

    /// <summary>Shows a value under another shape.</summary>
    public Value View(BoundLayer layer, string name, TensorShape shape, Value source)
    {
        var view = new Value(new TensorId(layer.Path, name), shape, source.Kind, source);
        AddEffect(new ViewOperation(layer, source, view));
        return view;
    }

    /// <summary>
    /// Adds the operations of the layers of a model or block, and returns the first output of the last.
    /// </summary>
    /// <param name="layers">The layers, each after those whose outputs it takes.</param>
    /// <param name="input">What flows in.</param>
    /// <param name="result">What flows out; null for the first output of the last layer.</param>
    public Value Lower(IEnumerable<BoundLayer> layers, Value input, LayerSource? result = null) =>
        Lower(layers, [input], result);

    /// <summary>Adds the operations of a block and returns what flows out of it.</summary>
    /// <param name="block">The block.</param>
    /// <param name="inputs">What flows in.</param>
    public Value Lower(BoundBlock block, params Value[] inputs) => Lower(block.Layers, inputs, block.Result);

    private Value Lower(IEnumerable<BoundLayer> layers, Value[] flowing, LayerSource? result)
    {
        HashSet<LayerSource> outer = _read;
        _read = [.. layers.Looked(cancellation).SelectMany(layer => layer.Sources)];
        if (result is not null)
        {
            _read.Add(result.Value);
        }

        Value output = flowing[0];
        var outputs = new Dictionary<LayerSource, Value>();
        for (int i = 0; i < flowing.Length; i++)
        {
            outputs.Add(LayerSource.FlowsIn with { Output = i }, flowing[i]);
        }

        foreach (BoundLayer layer in layers)
        {
            cancellation.Look();
            Value[] inputs = [.. layer.Sources.Select(source => outputs[source])];
            IReadOnlyList<Value> results =
                layer.IsOfParameters ? LowerOnce(layer, inputs)
                : StepCount == 0 || _isOfParameters ? LayerDefinition.Of(layer).Lower(layer, this, inputs)
                : LayerDefinition.Of(layer).LowerStep(layer, this, inputs);
            for (int i = 0; i < results.Count; i++)
            {
                outputs.Add(new LayerSource(layer.Number, i), results[i]);

                // What a block gives was given by one of its layers, and a layer that moves steps has said where.
                if (!_paddings.ContainsKey(results[i]))
                {
                    _paddings.Add(results[i], Remaining(layer, inputs, results[i]));
                }
            }

            output = results[0];
            AddOutput(layer, output);
        }

        _read = outer;
        return result is { } source ? outputs[source] : output;
    }

    // What depends on parameters alone is computed once, as if it were that of the only sample of a batch.
    private Value[] LowerOnce(BoundLayer layer, Value[] inputs)
    {
        Value[] shown = [.. inputs.Select(input => OfSample(layer, input))];
        bool outer = _isOfParameters;
        _isOfParameters = true;
        IReadOnlyList<Value> results = LayerDefinition.Of(layer).Lower(layer.ForOneSample(), this, shown);
        _isOfParameters = outer;
        return [.. results.Select(result =>
        {
            var whole = new Value(result.Id, result.Shape with { IsFixed = true }, result.Root.Kind, result);
            return Prepare(new ViewOperation(layer, result, whole));
        })];
    }

    private Value OfSample(BoundLayer layer, Value input)
    {
        if (!_ofSample.TryGetValue(input, out Value? shown))
        {
            shown = new Value(input.Id, input.Shape.OfSample, ValueKind.Scratch, input);
            _ofSample.Add(input, Prepare(new FixedOperand(layer, input, shown)));
        }

        return shown;
    }

    /// <summary>
    /// Whether an output of the layer at hand, one besides the first, goes to another layer or flows out of the block.
    /// </summary>
    public bool IsRead(BoundLayer layer, int output) => _read.Contains(new LayerSource(layer.Number, output));

    /// <summary>
    /// Adds an operation that reads parameters or the samples only, ahead of all others, and returns its result.
    /// </summary>
    public Value Prepare(Operation operation)
    {
        cancellation.Look();
        (_isComparing ? _comparison : _preparations).Add(operation);
        return operation.Writes.First();
    }

    /// <summary>
    /// What attention adds to the scores of each of <paramref name="steps"/> keys, -∞ where the step is padding; null
    /// where the layer's input has no padding, or its steps are other ones here.
    /// </summary>
    public Value? PaddingOf(Value input, int steps) =>
        PaddingOf(input) is { Dimension: 0 } padding && padding.Mask.Value is var mask && mask.Shape.Count == steps
            ? mask
            : null;

    /// <summary>Which places of a value are padding; null where none are known to be.</summary>
    public StepPadding? PaddingOf(Value value) =>
        !_isComparing && _paddings.TryGetValue(value, out StepPadding? padding) ? padding : null;

    /// <summary>
    /// Says that the places of a result are those of one of a layer's inputs, and so is their padding; returns the
    /// result.
    /// </summary>
    public Value TakeStepsOf(Value input, Value result)
    {
        _paddings[result] = PaddingOf(input);
        return result;
    }

    /// <summary>Says which places of a value are padding, where it is not the same as in the layer's inputs.</summary>
    public void SetPadding(Value result, StepPadding? padding) => _paddings[result] = padding;

    // Where the extents up to a dimension are as before, its places are too. The last dimension of numbers is one that
    // layers mix, unless they say that they do not.
    private StepPadding? Remaining(BoundLayer layer, Value[] inputs, Value result)
    {
        bool isView = layer.Definition.Traits.HasFlag(LayerTraits.View);
        foreach (Value input in inputs)
        {
            if (PaddingOf(input) is { } padding
                && (isView || input.Shape.IsTokens || padding.Dimension < input.Shape.Rank - 1)
                && padding.Dimension < result.Shape.Rank
                && input.Shape.Dimensions.Take(padding.Dimension + 1)
                    .SequenceEqual(result.Shape.Dimensions.Take(padding.Dimension + 1)))
            {
                return padding;
            }
        }

        return null;
    }

    /// <summary>Adds an operation that writes no value.</summary>
    public void AddEffect(Operation operation)
    {
        cancellation.Look();
        if (_isOfParameters)
        {
            Prepare(new FixedOperation(operation));
        }
        else
        {
            Current.Add(operation);
        }
    }

    /// <summary>Adds an operation and returns its result, the first of what it writes.</summary>
    public Value Add(Operation operation)
    {
        AddEffect(operation);
        return operation.Writes.First();
    }

    // What shows the output of another layer, in another shape or as it is, computes nothing.
    private void AddOutput(BoundLayer layer, Value output)
    {
        if (!_isComparing
            && layer.Definition.Role is not (LayerRole.Input or LayerRole.Loss)
            && output.Root.Kind == ValueKind.Activation
            && !_outputs.Exists(other => other.Value.Root == output.Root))
        {
            _outputs.Add(new LayerOutput(layer, output));
        }
    }

    private Value Declare(
        BoundLayer layer, string tensor, TensorShape shape, Initialization initialization, ValueKind kind, bool isStatistic)
    {
        // Of layers that share their parameters the first declares them.
        var id = new TensorId(layer.ParameterPath, tensor);
        if (_declared.TryGetValue(id, out Parameter? shared))
        {
            return shared.Value;
        }

        var value = new Value(id, shape, kind) { Parameter = id };
        var gradient = new Value(id.With("Gradient"), shape, ValueKind.ParameterGradient) { Parameter = id };
        var parameter = new Parameter(layer, id, value, gradient, initialization)
        {
            Penalty = Penalty.Of(layer.Declaration.Attribute, tensor),
            IsStatistic = isStatistic,
        };
        _parameters.Add(parameter);
        _declared.Add(id, parameter);
        return value;
    }
}
