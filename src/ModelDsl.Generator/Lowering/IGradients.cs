namespace ModelDsl.Generator.Lowering;

/// <summary>
/// What the rule of an operation sees of the backward pass: gradients that have arrived, and a place for its own.
/// </summary>
internal interface IGradients
{
    /// <summary>
    /// Whether a value's gradient leads to a parameter, or to the input where its gradient is asked for.
    /// </summary>
    bool Needs(Value value);

    /// <summary>The whole gradient of a value that an operation wrote; null where nothing depends on it.</summary>
    Value? Of(Value value, BoundLayer layer);

    /// <summary>A new value for the part of a value's gradient that the calling rule is about to write.</summary>
    Value Contribute(Value value);

    /// <summary>
    /// The one value for the gradient of a value that operations read in parts: each of their rules writes its part.
    /// </summary>
    Value ContributePart(Value value);

    /// <summary>Passes a gradient on, seen under the shape of <paramref name="value"/>.</summary>
    void ContributeView(Value value, Value gradient);

    /// <summary>A new value for what a rule works with: one for each sample, or one for the batch.</summary>
    Value Scratch(Value value, string name, TensorShape shape, bool isPerSample, bool mayBeRounded = false);

    /// <summary>
    /// The gradient of a parameter, and whether another operation has written a part of it, to which the next is added.
    /// </summary>
    Value OfParameter(Value parameter, out bool accumulate);

    /// <summary>Adds an operation to the backward pass.</summary>
    void Add(Operation operation);
}
