using ModelDsl.Generator.Emission;
using ModelDsl.Generator.Lowering.Operations;
using ModelDsl.Generator.Shapes;

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

    public sealed override void Emit(OperationWriter writer) => EmitHosting(writer, result, []);

    /// <summary>
    /// Emits code for a single sample that is inlined where it stands, instead of a kernel's call; false where the operation
    /// has no such code, or is too large for a call to matter.
    /// </summary>
    /// <param name="writer">Where to.</param>
    /// <param name="destination">What is written.</param>
    /// <param name="activation">The function that finishes each element, if any.</param>
    public virtual bool TryEmitSmall(OperationWriter writer, Value destination, ActivationFunction? activation) => false;

    /// <summary>Emits the operation into <paramref name="destination"/>, with stages that run on what it computes.</summary>
    public abstract void EmitHosting(OperationWriter writer, Value destination, IReadOnlyList<string> stages);
}
