namespace ModelDsl.Generator.Layers.Primitives;

/// <summary>1 where left is less than right, 0 elsewhere; no gradient.</summary>
internal sealed class LessAttribute : BinaryAttribute;

/// <inheritdoc cref="LessAttribute"/>
internal sealed class LessLayer : BinaryLayer
{
    public override string AttributeType => typeof(LessAttribute).FullName;

    protected override BinaryFunction Function => BinaryFunction.Less;
}

/// <summary>1 where left is less than right or equal to it, 0 elsewhere; no gradient.</summary>
internal sealed class LessOrEqualAttribute : BinaryAttribute;

/// <inheritdoc cref="LessOrEqualAttribute"/>
internal sealed class LessOrEqualLayer : BinaryLayer
{
    public override string AttributeType => typeof(LessOrEqualAttribute).FullName;

    protected override BinaryFunction Function => BinaryFunction.LessOrEqual;
}

/// <summary>1 where left is greater than right, 0 elsewhere; no gradient.</summary>
internal sealed class GreaterAttribute : BinaryAttribute;

/// <inheritdoc cref="GreaterAttribute"/>
internal sealed class GreaterLayer : BinaryLayer
{
    public override string AttributeType => typeof(GreaterAttribute).FullName;

    protected override BinaryFunction Function => BinaryFunction.Greater;
}

/// <summary>1 where left is greater than right or equal to it, 0 elsewhere; no gradient.</summary>
internal sealed class GreaterOrEqualAttribute : BinaryAttribute;

/// <inheritdoc cref="GreaterOrEqualAttribute"/>
internal sealed class GreaterOrEqualLayer : BinaryLayer
{
    public override string AttributeType => typeof(GreaterOrEqualAttribute).FullName;

    protected override BinaryFunction Function => BinaryFunction.GreaterOrEqual;
}
