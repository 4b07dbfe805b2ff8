using ModelDsl.Generator.Emission;
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

    public sealed override IEnumerable<Value> Writes => [result];

    public sealed override void Emit(OperationWriter writer) => EmitHosting(writer, result, []);

    /// <summary>Emits the operation into <paramref name="destination"/>, with stages that run on what it computes.</summary>
    public abstract void EmitHosting(OperationWriter writer, Value destination, IReadOnlyList<string> stages);
}
