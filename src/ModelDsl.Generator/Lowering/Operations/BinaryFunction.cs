namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>A function of two elements, x of the values that a stage changes and y of its operand.</summary>
/// <param name="TypeName">The struct in the runtime's kernels that computes it: <c>Subtraction</c>.</param>
/// <param name="Symbol">How a comment shows it.</param>
internal sealed record BinaryFunction(string TypeName, string Symbol)
{
    public static BinaryFunction Addition { get; } = new("Addition", "+ y");

    public static BinaryFunction Subtraction { get; } = new("Subtraction", "- y");

    public static BinaryFunction ReverseSubtraction { get; } = new("ReverseSubtraction", "y - x");

    public static BinaryFunction Multiplication { get; } = new("Multiplication", "· y");

    public static BinaryFunction Division { get; } = new("Division", "/ y")
    {
        OperandSlope = "QuotientSlope",
    };

    public static BinaryFunction ReverseDivision { get; } = new("ReverseDivision", "y / x");

    public static BinaryFunction Maximum { get; } = new("Maximum", "max(x, y)")
    {
        SourceSlope = "LargerShare",
        OperandSlope = "SmallerShare",
    };

    public static BinaryFunction Minimum { get; } = new("Minimum", "min(x, y)")
    {
        SourceSlope = "SmallerShare",
        OperandSlope = "LargerShare",
    };

    public static BinaryFunction Power { get; } = new("Power", "x^y")
    {
        SourceSlope = "PowerSlope",
        OperandSlope = "PowerGrowth",
    };

    public static BinaryFunction ReversePower { get; } = new("ReversePower", "y^x")
    {
        SourceSlope = "ReversePowerGrowth",
        OperandSlope = "ReversePowerSlope",
    };

    public static BinaryFunction Less { get; } = new("Less", "x < y") { IsFlat = true };

    public static BinaryFunction LessOrEqual { get; } = new("LessOrEqual", "x ≤ y") { IsFlat = true };

    public static BinaryFunction Greater { get; } = new("Greater", "x > y") { IsFlat = true };

    public static BinaryFunction GreaterOrEqual { get; } = new("GreaterOrEqual", "x ≥ y") { IsFlat = true };

    /// <summary>x where y is not 0; else 0. Stands in backward passes only.</summary>
    public static BinaryFunction Selection { get; } = new("Selection", "where y is not 0");

    /// <summary>x where y is 0; else 0. Stands in backward passes only.</summary>
    public static BinaryFunction Rejection { get; } = new("Rejection", "where y is 0");

    /// <summary>Whether its derivative is zero, so that it has none.</summary>
    public bool IsFlat { get; private init; }

    /// <summary>
    /// The function of x and y that is its derivative with respect to x, where it reads both; null for what is linear,
    /// or is known by the result.
    /// </summary>
    public string? SourceSlope { get; private init; }

    /// <summary>
    /// As <see cref="SourceSlope"/>, with respect to y; that of a division is a function of the result and y.
    /// </summary>
    public string? OperandSlope { get; private init; }

    /// <summary>
    /// Whether the derivatives read both of equal shapes, so that the operand must be laid out as the source.
    /// </summary>
    public bool NeedsEqualShapes => SourceSlope is not null;

    /// <summary>The same function with the parts of x and y exchanged.</summary>
    public BinaryFunction Reverse =>
        this == Subtraction ? ReverseSubtraction
        : this == ReverseSubtraction ? Subtraction
        : this == Division ? ReverseDivision
        : this == ReverseDivision ? Division
        : this == Power ? ReversePower
        : this == ReversePower ? Power
        : this == Less ? Greater
        : this == Greater ? Less
        : this == LessOrEqual ? GreaterOrEqual
        : this == GreaterOrEqual ? LessOrEqual
        : this;
}
