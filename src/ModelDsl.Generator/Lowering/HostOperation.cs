namespace ModelDsl.Generator.Lowering;

/// <summary>
/// An operation that writes one matrix row run by row run and lets a chain of stages finish each run while it is hot.
/// </summary>
internal abstract class HostOperation(BoundLayer layer, Value result) : Operation(layer)
{
    /// <summary>The matrix, of as many rows as the batch times the rows of a sample.</summary>
    public Value Result => result;

    /// <summary>The width of the matrix.</summary>
    public virtual int Columns => result.Shape.Columns;

    /// <summary>What it writes besides the matrix: statistics, sums over the rows.</summary>
    public virtual IEnumerable<Value> SideResults => [];

    public sealed override IEnumerable<Value> Writes => [result, .. SideResults];

    public sealed override IReadOnlyList<KernelCall> Calls => [CallInto(result, [])];

    /// <summary>
    /// The kernel for a single sample, which is inlined where it stands; null where the operation has none, or is too
    /// large for the costs of a call to matter.
    /// </summary>
    /// <param name="destination">What is written.</param>
    /// <param name="activation">The function that finishes each element, if any.</param>
    public virtual KernelCall? SmallCall(Value destination, ActivationFunction? activation) => null;

    /// <summary>
    /// The kernel that writes <paramref name="destination"/>, with stages that run on what it computes.
    /// </summary>
    public abstract KernelCall CallInto(Value destination, IReadOnlyList<KernelObject> stages);

    /// <summary>The stages with the bias that comes before them, where there is one.</summary>
    protected static IReadOnlyList<KernelObject> AfterBias(Value? bias, IReadOnlyList<KernelObject> stages) =>
        bias is null ? stages : [new KernelObject("AddBias", [bias]), .. stages];
}
