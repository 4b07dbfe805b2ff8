namespace ModelDsl.Generator.Layers.Primitives;

/// <summary>A function of each element, without arguments.</summary>
internal abstract class UnaryLayer : ActivationLayer
{
    public override TensorShape? InferShape(LayerContext layer) => Primitive.CheckInputs(layer) ? layer.Input : null;
}

/// <summary>-x.</summary>
internal sealed class NegateAttribute : LayerAttribute;

/// <inheritdoc cref="NegateAttribute"/>
internal sealed class NegateLayer : UnaryLayer
{
    public override string AttributeType => typeof(NegateAttribute).FullName;

    protected override ActivationFunction Function(LayerDeclaration declaration) => new("Negate") { DerivativeUsesOutput = true };
}

/// <summary>e^x.</summary>
internal sealed class ExpAttribute : LayerAttribute;

/// <inheritdoc cref="ExpAttribute"/>
internal sealed class ExpLayer : UnaryLayer
{
    public override string AttributeType => typeof(ExpAttribute).FullName;

    protected override ActivationFunction Function(LayerDeclaration declaration) => new("Exp") { DerivativeUsesOutput = true };
}

/// <summary>log x.</summary>
internal sealed class LogAttribute : LayerAttribute;

/// <inheritdoc cref="LogAttribute"/>
internal sealed class LogLayer : UnaryLayer
{
    public override string AttributeType => typeof(LogAttribute).FullName;

    protected override ActivationFunction Function(LayerDeclaration declaration) => new("Log");
}

/// <summary>√x.</summary>
internal sealed class SqrtAttribute : LayerAttribute;

/// <inheritdoc cref="SqrtAttribute"/>
internal sealed class SqrtLayer : UnaryLayer
{
    public override string AttributeType => typeof(SqrtAttribute).FullName;

    protected override ActivationFunction Function(LayerDeclaration declaration) => new("Sqrt") { DerivativeUsesOutput = true };
}

/// <summary>x².</summary>
internal sealed class SquareAttribute : LayerAttribute;

/// <inheritdoc cref="SquareAttribute"/>
internal sealed class SquareLayer : UnaryLayer
{
    /// <summary>The function.</summary>
    public static ActivationFunction Square { get; } = new("Square");

    public override string AttributeType => typeof(SquareAttribute).FullName;

    protected override ActivationFunction Function(LayerDeclaration declaration) => Square;
}

/// <summary>|x|.</summary>
internal sealed class AbsAttribute : LayerAttribute;

/// <inheritdoc cref="AbsAttribute"/>
internal sealed class AbsLayer : UnaryLayer
{
    public override string AttributeType => typeof(AbsAttribute).FullName;

    protected override ActivationFunction Function(LayerDeclaration declaration) => new("Abs");
}

/// <summary>sin x.</summary>
internal sealed class SinAttribute : LayerAttribute;

/// <inheritdoc cref="SinAttribute"/>
internal sealed class SinLayer : UnaryLayer
{
    public override string AttributeType => typeof(SinAttribute).FullName;

    protected override ActivationFunction Function(LayerDeclaration declaration) => new("Sin");
}

/// <summary>cos x.</summary>
internal sealed class CosAttribute : LayerAttribute;

/// <inheritdoc cref="CosAttribute"/>
internal sealed class CosLayer : UnaryLayer
{
    public override string AttributeType => typeof(CosAttribute).FullName;

    protected override ActivationFunction Function(LayerDeclaration declaration) => new("Cos");
}

/// <summary>1 / x.</summary>
internal sealed class ReciprocalAttribute : LayerAttribute;

/// <inheritdoc cref="ReciprocalAttribute"/>
internal sealed class ReciprocalLayer : UnaryLayer
{
    public override string AttributeType => typeof(ReciprocalAttribute).FullName;

    protected override ActivationFunction Function(LayerDeclaration declaration) => new("Reciprocal") { DerivativeUsesOutput = true };
}

/// <summary>-1, 0 or 1; no gradient but zero.</summary>
internal sealed class SignAttribute : LayerAttribute;

/// <inheritdoc cref="SignAttribute"/>
internal sealed class SignLayer : UnaryLayer
{
    public override string AttributeType => typeof(SignAttribute).FullName;

    protected override ActivationFunction Function(LayerDeclaration declaration) => new("Sign");
}
