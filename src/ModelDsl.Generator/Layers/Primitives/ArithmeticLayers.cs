namespace ModelDsl.Generator.Layers.Primitives;

/// <summary>left + right.</summary>
internal sealed class AddAttribute : BinaryAttribute;

/// <inheritdoc cref="AddAttribute"/>
internal sealed class AddLayer : BinaryLayer
{
    public override string AttributeType => typeof(AddAttribute).FullName;

    protected override BinaryFunction Function => BinaryFunction.Addition;
}

/// <summary>left - right.</summary>
internal sealed class SubtractAttribute : BinaryAttribute;

/// <inheritdoc cref="SubtractAttribute"/>
internal sealed class SubtractLayer : BinaryLayer
{
    public override string AttributeType => typeof(SubtractAttribute).FullName;

    protected override BinaryFunction Function => BinaryFunction.Subtraction;
}

/// <summary>left · right.</summary>
internal sealed class MultiplyAttribute : BinaryAttribute;

/// <inheritdoc cref="MultiplyAttribute"/>
internal sealed class MultiplyLayer : BinaryLayer
{
    public override string AttributeType => typeof(MultiplyAttribute).FullName;

    protected override BinaryFunction Function => BinaryFunction.Multiplication;
}

/// <summary>left / right.</summary>
internal sealed class DivideAttribute : BinaryAttribute;

/// <inheritdoc cref="DivideAttribute"/>
internal sealed class DivideLayer : BinaryLayer
{
    public override string AttributeType => typeof(DivideAttribute).FullName;

    protected override BinaryFunction Function => BinaryFunction.Division;
}

/// <summary>The larger of left and right; both share the gradient where they are equal.</summary>
internal sealed class MaximumAttribute : BinaryAttribute;

/// <inheritdoc cref="MaximumAttribute"/>
internal sealed class MaximumLayer : BinaryLayer
{
    public override string AttributeType => typeof(MaximumAttribute).FullName;

    protected override BinaryFunction Function => BinaryFunction.Maximum;
}

/// <summary>The smaller of left and right; both share the gradient where they are equal.</summary>
internal sealed class MinimumAttribute : BinaryAttribute;

/// <inheritdoc cref="MinimumAttribute"/>
internal sealed class MinimumLayer : BinaryLayer
{
    public override string AttributeType => typeof(MinimumAttribute).FullName;

    protected override BinaryFunction Function => BinaryFunction.Minimum;
}

/// <summary>left to the power of right.</summary>
internal sealed class PowerAttribute : BinaryAttribute;

/// <inheritdoc cref="PowerAttribute"/>
internal sealed class PowerLayer : BinaryLayer
{
    public override string AttributeType => typeof(PowerAttribute).FullName;

    protected override BinaryFunction Function => BinaryFunction.Power;
}
