namespace ModelDsl.Generator.Planning;

/// <summary>
/// An operation on other values than it was made for: one of the forward pass that the backward pass does again, or one
/// that reads what was computed again.
/// </summary>
/// <param name="operation">The operation.</param>
/// <param name="values">The values that stand for others.</param>
/// <param name="isRecomputed">Whether it is done again.</param>
internal sealed class RecomputedOperation(
    Operation operation, IReadOnlyDictionary<Value, Value> values, bool isRecomputed)
    : Operation(operation.Layer)
{
    public override IEnumerable<Value> Reads => operation.Reads.Select(NewOf);

    public override IEnumerable<Value> Writes => isRecomputed ? operation.Writes.Select(NewOf) : operation.Writes;

    public override bool IsRecomputed => isRecomputed;

    public override IEnumerable<Operation> Parts => operation.Parts;

    public override BatchUse BatchUse => operation.BatchUse;

    public override int FewestSamples => operation.FewestSamples;

    public override Operation? AddingUp =>
        operation.AddingUp is { } sum ? new RecomputedOperation(sum, values, isRecomputed) : null;

    public override IEnumerable<Value> Weights => operation.Weights;

    public override bool IsRandom => operation.IsRandom;

    public override bool AddsPenalty => operation.AddsPenalty;

    public override Work Work => operation.Work;

    public override IEnumerable<Value> ReadsInPart => operation.ReadsInPart.Select(NewOf);

    public override KernelCall? NarrowCall(Precision precision) => operation.NarrowCall(precision)?.Replace(Replace);

    public override Value? InPlaceSource(Value result)
    {
        foreach (Value written in operation.Writes)
        {
            if ((isRecomputed ? NewOf(written) : written).Root == result.Root)
            {
                return operation.InPlaceSource(written) is { } source ? NewOf(source) : null;
            }
        }

        return null;
    }

    public override string Describe(NameOf name) => operation.Describe(value => name(NewOf(value)));

    public override IReadOnlyList<KernelCall> Preparations =>
        [.. operation.Preparations.Select(call => call.Replace(Replace))];

    public override IReadOnlyList<KernelCall> Calls => [.. operation.Calls.Select(call => call.Replace(Replace))];

    private Value NewOf(Value value) => values.TryGetValue(value.Root, out Value? other) ? other : value;

    private Argument Replace(Argument argument) =>
        argument is MemoryArgument { Value: { } value } && values.TryGetValue(value.Root, out Value? other)
            ? other
            : argument;
}
