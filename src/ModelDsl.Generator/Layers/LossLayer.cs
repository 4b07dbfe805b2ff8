using ModelDsl.Generator.Lowering;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Layers;

/// <summary>What a model is trained to minimise: a kernel that compares the outputs with the targets.</summary>
internal abstract class LossLayer : LayerDefinition
{
    /// <summary>The member of the runtime's <c>LossKind</c>; the kernel class has the same name and the suffix Loss.</summary>
    public abstract string Kind { get; }

    /// <summary>The kind of the activation that is part of the loss, where there is one.</summary>
    public virtual string? AppliedActivation => null;

    /// <summary>The kind of the activation that changes nothing before the loss, where there is one.</summary>
    public virtual string? RedundantActivation => null;

    public override string AttributeType => $"ModelDsl.{Kind}Attribute";

    public override LayerRole Role => LayerRole.Loss;

    public override TensorShape? InferShape(LayerContext layer) => layer.Input;

    /// <summary>What the outputs consist of: a vector for each sample, or for each step of a sequence.</summary>
    public static (int Rows, int Columns) Items(TensorShape output) =>
        output.IsSequence ? (output.Rows, output.Columns) : (1, output.Count);

    public override bool CanStep(BoundLayer layer) => true;

    /// <summary>A loss changes nothing that flows; the model's emission calls its kernel on the outputs.</summary>
    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) => input;
}
