namespace ModelDsl.Generator.Lowering;

/// <summary>
/// What one layer attribute means: its shape rule with the diagnostics, and its operations. Adding a layer is adding a
/// subclass; nothing else in the compiler knows the kinds.
/// </summary>
internal abstract class LayerDefinition : LayerRule
{
    /// <summary>The definition of a layer.</summary>
    public static LayerDefinition Of(BoundLayer layer) => (LayerDefinition)layer.Definition;

    /// <summary>Adds the layer's forward operations and returns its output; their backward rules do the rest.</summary>
    public abstract Value Lower(BoundLayer layer, ProgramBuilder program, Value input);

    /// <summary>
    /// As for one input and one output; a layer that takes or gives several overrides it, and returns as many values as
    /// <see cref="LayerRule.InferShapes"/> gives shapes.
    /// </summary>
    public virtual IReadOnlyList<Value> Lower(BoundLayer layer, ProgramBuilder program, IReadOnlyList<Value> inputs) =>
        [Lower(layer, program, inputs[0])];

    /// <summary>
    /// Adds the operations that compute one step of one sequence at inference, where <see cref="LayerRule.CanStep"/>
    /// says that the layer can. The layer's shapes are those of one step; <see cref="ProgramBuilder.Kept"/> makes the
    /// values that last from step to step. A layer that works on each step by itself need not override it.
    /// </summary>
    public virtual Value LowerStep(BoundLayer layer, ProgramBuilder program, Value input) => Lower(layer, program, input);

    /// <summary>
    /// As for one input and one output; a layer that takes or gives several computes a step as it computes all.
    /// </summary>
    public virtual IReadOnlyList<Value> LowerStep(BoundLayer layer, ProgramBuilder program, IReadOnlyList<Value> inputs) =>
        inputs.Count == 1 && layer.Outputs.Count == 1
            ? [LowerStep(layer, program, inputs[0])]
            : Lower(layer, program, inputs);
}

/// <summary>The definition of a layer that compares outputs with targets.</summary>
internal interface ILossDefinition
{
    /// <summary>The member of the runtime's <c>LossKind</c>.</summary>
    string KindOf(BoundLayer layer);

    /// <summary>The lists of numbers that the loss takes, by the attribute's argument that gives them.</summary>
    IEnumerable<(string Argument, IReadOnlyList<float> Numbers)> ListsOf(BoundLayer layer);

    /// <summary>
    /// What the model's description says of the loss besides its kind, by the names of its properties.
    /// </summary>
    IEnumerable<Argument> Properties(BoundLayer layer);

    /// <summary>
    /// The loss of each sample, with the operations that make it of the outputs; null where a kernel makes the loss of
    /// the outputs themselves.
    /// </summary>
    /// <param name="layer">The loss.</param>
    /// <param name="program">Takes the operations.</param>
    /// <param name="output">The outputs.</param>
    Value? Compare(BoundLayer layer, ProgramBuilder program, Value output);

    /// <summary>The call of one of the loss' kernels.</summary>
    /// <param name="layer">The loss.</param>
    /// <param name="method">The kernel.</param>
    /// <param name="shape">The shape of the outputs, or of the losses of samples.</param>
    /// <param name="operands">Outputs or losses, targets and, where the kernel writes it, their gradient.</param>
    /// <param name="result">What becomes of the loss.</param>
    KernelCall Call(BoundLayer layer, string method, TensorShape shape, IEnumerable<Argument> operands, CallResult result);
}
