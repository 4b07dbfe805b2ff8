namespace ModelDsl.Generator.Lowering;

/// <summary>An element-wise operation: it can finish the rows of the operation before it, or run by itself.</summary>
internal abstract class StageOperation(BoundLayer layer, Value source, Value result) : Operation(layer)
{
    public Value Source => source;

    public Value Result => result;

    /// <summary>The width of the rows it counts in; a host must have the same.</summary>
    public int Columns => source.Shape.Columns;

    public override BatchUse BatchUse => BatchUse.Apart;

    public sealed override Work Work => Work.Elements(result);

    /// <summary>What it reads besides its source.</summary>
    public virtual IEnumerable<Value> Operands => [];

    public sealed override IEnumerable<Value> Reads => [source, .. Operands];

    public sealed override IEnumerable<Value> Writes => [result];

    public sealed override Value? InPlaceSource(Value written) => source;

    /// <summary>What it does to a row.</summary>
    /// <param name="name">What values are called.</param>
    public abstract string DescribeStage(NameOf name);

    public sealed override string Describe(NameOf name) => $"{ShapeText.Matrix(source.Shape)} → {DescribeStage(name)}";

    /// <summary>The struct of the runtime that does it.</summary>
    public abstract KernelObject Stage { get; }

    public sealed override IReadOnlyList<KernelCall> Calls => [ElementwiseCall(source, result, [Stage])];

    /// <summary>The call of the kernel that takes rows from memory and only runs stages on them.</summary>
    public static KernelCall ElementwiseCall(Value source, Value destination, IReadOnlyList<KernelObject> stages) =>
        KernelCall.Hosting(
            "Elementwise.Apply", stages, [source, destination, Size.Rows(source.Shape), source.Shape.Columns]);
}
