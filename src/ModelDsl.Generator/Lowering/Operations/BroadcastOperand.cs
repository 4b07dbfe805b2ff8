namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>What a stage combines its rows with: a number, or a value that goes along with them in some way.</summary>
internal sealed record BroadcastOperand
{
    private readonly OperandForm _form;
    private readonly float _number;
    private readonly int _rows;

    private BroadcastOperand(Value? value, OperandForm form, int rows = 0, float number = 0f) =>
        (Value, _form, _rows, _number) = (value, form, rows, number);

    /// <summary>The value; null for a number.</summary>
    public Value? Value { get; }

    /// <summary>The number, where it is one.</summary>
    public float? Number => _form == OperandForm.Number ? _number : null;

    /// <summary>Whether it has one element for each of the source.</summary>
    public bool IsEqual => _form == OperandForm.Equal;

    /// <summary>Whether it is a parameter of one element for each column.</summary>
    public bool IsColumns { get; private init; }

    /// <summary>A number.</summary>
    public static BroadcastOperand Of(float number) => new(null, OperandForm.Number, number: number);

    /// <summary>A value of the shape of the source.</summary>
    public static BroadcastOperand Equal(Value value) => new(value, OperandForm.Equal);

    /// <summary>A value with one element for each run of rows of the source, which have equal lengths.</summary>
    public static BroadcastOperand OfRows(Value value, TensorShape source) =>
        new(value, OperandForm.Rows, source.Rows / value.Shape.Count);

    /// <summary>
    /// A value that a stage can read where it lies, broadcast to the shape of the source; null where it must be laid
    /// out first.
    /// </summary>
    public static BroadcastOperand? Find(Value value, TensorShape source)
    {
        int missing = source.Rank - value.Shape.Rank;
        int ExtentOf(int dimension) => dimension < missing ? 1 : value.Shape.Dimensions[dimension - missing];
        int last = source.Rank - 1, columns = source.Columns, equal = 0;
        while (equal <= last && ExtentOf(equal) == source.Dimensions[equal])
        {
            equal++;
        }

        bool isVector = value.Shape.Count == ExtentOf(last);
        if (value.Shape.IsFixed)
        {
            return isVector
                ? new(value, OperandForm.Columns) { IsColumns = ExtentOf(last) == columns }
                : equal > last ? new(value, OperandForm.Repeated, source.Rows) : null;
        }

        if (equal > last)
        {
            return Equal(value);
        }

        if (isVector && ExtentOf(last) == columns)
        {
            return new(value, OperandForm.Samples, source.Rows);
        }

        // One value for all rows of the dimensions that it does not have.
        int values = source.Dimensions.Take(equal).Aggregate(1, (product, extent) => product * extent);
        return ExtentOf(last) == 1 && value.Shape.Count == values
            ? OfRows(value, source)
            : null;
    }

    /// <summary>The stage that applies a function to its rows and the operand.</summary>
    public KernelObject Stage(BinaryFunction function, int columns)
    {
        string? known =
            function == BinaryFunction.Addition ? (IsEqual ? "Add" : IsColumns ? "AddBias" : null)
            : function == BinaryFunction.Multiplication ? (IsEqual ? "Multiply" : IsColumns ? "ScaleColumns" : null)
            : null;
        (string type, EquatableArray<Argument> arguments) = _form switch
        {
            OperandForm.Number => ("CombineNumber", (EquatableArray<Argument>)[_number]),
            OperandForm.Equal => ("Combine", [Value, columns]),
            OperandForm.Columns => ("CombineColumns", [Value]),
            OperandForm.Samples => ("CombineSamples", [Value, _rows, columns]),
            OperandForm.Rows => ("CombineRows", [Value, _rows]),
            _ => ("CombineRepeated", [Value, _rows, columns]),
        };
        return known is null
            ? new KernelObject(type, arguments) { Of = new KernelType(function.TypeName) }
            : new KernelObject(known, arguments);
    }

    private enum OperandForm
    {
        Number,
        Equal,
        Columns,
        Samples,
        Rows,
        Repeated,
    }
}
