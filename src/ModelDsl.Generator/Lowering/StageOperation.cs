using ModelDsl.Generator.Emission;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Lowering;

/// <summary>An element-wise operation: it can finish the rows of the operation before it, or run by itself.</summary>
internal abstract class StageOperation(BoundLayer layer, Value source, Value result) : Operation(layer)
{
    public Value Source => source;

    public Value Result => result;

    /// <summary>The width of the rows it counts in; a host must have the same.</summary>
    public int Columns => source.Shape.Columns;

    /// <summary>What it reads besides its source.</summary>
    public virtual IEnumerable<Value> Operands => [];

    public sealed override IEnumerable<Value> Reads => [source, .. Operands];

    public sealed override IEnumerable<Value> Writes => [result];

    public sealed override Value? InPlaceSource(Value written) => source;

    /// <summary>What it does to a row, for the comment over its code.</summary>
    public abstract string DescribeStage();

    public sealed override string Describe() => $"{OperationWriter.MatrixText(source.Shape)} → {DescribeStage()}";

    /// <summary>The expression that makes the runtime's stage.</summary>
    public abstract string Stage(OperationWriter writer);

    public sealed override void Emit(OperationWriter writer) =>
        writer.CallWithStages(
            "Elementwise.Apply",
            [Stage(writer)],
            writer.Name(source), writer.Name(result), writer.Rows(source.Shape), $"{Columns}");
}
