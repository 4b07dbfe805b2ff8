namespace ModelDsl.Generator.Diagnostics;

/// <summary>Two of the same squash what is left to learn from.</summary>
internal static class LossAppliesActivation
{
    public const string Id = "MDL0101";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Advice, DiagnosticSeverity.Warning,
        "The loss applies this activation itself",
        "{0} applies {1} itself, so another one before it {2}; remove [{3}]");

    public static RuleMessage Message(string loss, string activation, string effect, string layer) =>
        new(Rule, loss, activation, effect, layer);
}

/// <summary>A linear map of a linear map is a linear map.</summary>
internal static class ActivationMissing
{
    public const string Id = "MDL0102";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Advice, DiagnosticSeverity.Warning,
        "Two linear layers follow each other",
        "[{0}] follows [{1}] without an activation between them, so both are one linear map from {2} to {3}; put "
            + "an activation such as [Relu] between them");

    public static RuleMessage Message(string layer, string previous, Extents input, Extents output) =>
        new(Rule, layer, previous, input, output);
}

/// <summary>Dropping an output is dropping the answer.</summary>
internal static class DropoutBeforeLoss
{
    public const string Id = "MDL0103";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Advice, DiagnosticSeverity.Info,
        "Dropout stands directly before the loss",
        "[{0}] zeroes outputs at random before [{1}] compares them with the targets; move it before the last layer "
            + "that has parameters");

    public static RuleMessage Message(string dropout, string loss) => new(Rule, dropout, loss);
}

/// <summary>The derivative of the sigmoid is at most 1/4.</summary>
internal static class SigmoidChain
{
    public const string Id = "MDL0104";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Advice, DiagnosticSeverity.Info,
        "Gradients vanish in a chain of sigmoids",
        "[{0}] is sigmoid number {1} in a row; each scales the gradient by at most 1/4, together by at most 1/{2}; "
            + "use [Relu], [Gelu] or [Silu] between hidden layers");

    public static RuleMessage Message(string layer, int number, string bound) => new(Rule, layer, number, bound);
}

/// <summary>The initialiser of He doubles the variance because a rectifier halves it.</summary>
internal static class HeBeforeSaturation
{
    public const string Id = "MDL0105";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Advice, DiagnosticSeverity.Info,
        "A saturating activation follows the initialiser of He",
        "{0} is made for rectifiers, but [{1}] saturates; use {2}");

    public static RuleMessage Message(string initializer, string activation, string better) =>
        new(Rule, initializer, activation, better);
}

/// <summary>A budget is stated in [Model(MaxParameters = ...)] or in .editorconfig.</summary>
internal static class OverBudget
{
    public const string Id = "MDL0106";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Advice, DiagnosticSeverity.Warning,
        "A model exceeds its budget of parameters",
        "'{0}' has {1} parameters, {2} more than its budget of {3}; most of them, {4}, are in [{5}]");

    public static RuleMessage Message(
        string model, string total, string excess, string budget, string largest, string layer) =>
        new(Rule, model, total, excess, budget, largest, layer);
}

/// <summary>What no gradient reaches stays as it was drawn.</summary>
internal static class GradientCannotReach
{
    public const string Id = "MDL0107";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Advice, DiagnosticSeverity.Warning,
        "Parameters cannot receive a gradient",
        "The parameters of [{0}] cannot learn: {1}");

    public static RuleMessage Message(string layer, string reason) => new(Rule, layer, reason);
}

/// <summary>Copies of a block differ only in their parameters.</summary>
internal static class BlockWithoutParameters
{
    public const string Id = "MDL0108";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Advice, DiagnosticSeverity.Info,
        "A block without parameters is used again",
        "The block '{0}' has no parameters, so [{1}] computes the same function with each of its copies; {2}");

    public static RuleMessage Message(string block, string layer, string advice) => new(Rule, block, layer, advice);
}

/// <summary>What is subtracted again need not be added.</summary>
internal static class BiasBeforeBatchNorm
{
    public const string Id = "MDL0109";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Advice, DiagnosticSeverity.Info,
        "A bias stands before a batch normalisation",
        "The bias of [{0}] has no effect, since [{1}] subtracts each channel's mean; set UseBias = false");

    public static RuleMessage Message(string layer, string normalization) => new(Rule, layer, normalization);
}

/// <summary>An activation that keeps logits from taking every value.</summary>
internal static class LogitsAreLimited
{
    public const string Id = "MDL0114";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Advice, DiagnosticSeverity.Warning,
        "An activation limits the logits of the loss",
        "{0} takes logits of any size and either sign, but [{1}] before it gives only {2}; remove [{1}]");

    public static RuleMessage Message(string loss, string layer, string range) => new(Rule, loss, layer, range);
}

/// <summary>A recurrent layer whose outputs at steps of padding count in the loss.</summary>
internal static class LossCountsPadding
{
    public const string Id = "MDL0116";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Advice, DiagnosticSeverity.Info,
        "The loss counts steps of padding",
        "[{0}] gives an output for the padding of [{1}] too, which the loss counts; {2}");

    public static RuleMessage Message(string layer, string input, string remedy) => new(Rule, layer, input, remedy);
}

/// <summary>Tokens are indices: nothing lies between two of them.</summary>
internal static class TokensHaveNoGradient
{
    public const string Id = "MDL0118";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Advice, DiagnosticSeverity.Info,
        "Tokens have no gradient",
        "'{0}' asks for the gradient of its input, but all inputs are tokens, which have none: it gets Forward and "
            + "Backward, but no InputGradient");

    public static RuleMessage Message(string model) => new(Rule, model);
}

/// <summary>What flows into a layer and out of it, for those who want to see it while they type.</summary>
internal static class ShapesOfLayer
{
    public const string Id = "MDL0119";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Advice, DiagnosticSeverity.Info,
        "What flows through a layer",
        "{0}: {1} -> {2}{3}",
        isEnabledByDefault: false);

    public static RuleMessage Message(string layer, string inputs, string outputs, string parameters) =>
        new(Rule, layer, inputs, outputs, parameters);
}
