namespace ModelDsl.Generator.Diagnostics;

/// <summary>The loss compares one score for each class.</summary>
internal static class LossNeedsVector
{
    public const string Id = "MDL0017";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "The loss needs a vector",
        "{0} expects one vector of scores, but its input is {1} from {2}; {3}");

    public static RuleMessage Message(string loss, Extents input, string origin, Remedy remedy) =>
        new(Rule, loss, input, origin, remedy.Words) { Remedy = remedy };
}

/// <summary>The softmax of one number is 1.</summary>
internal static class CrossEntropyNeedsClasses
{
    public const string Id = "MDL0018";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "Cross-entropy needs two classes",
        "SoftmaxCrossEntropy over one class is always 0, since {0} gives one output; use [BinaryCrossEntropy], or "
            + "one output for each class");

    public static RuleMessage Message(string origin) => new(Rule, origin);
}

/// <summary>A list of weights that is shorter or longer than what it weighs.</summary>
internal static class WeightsMustMatchOutputs
{
    public const string Id = "MDL0052";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Argument, DiagnosticSeverity.Error,
        "There must be one weight for each class or output",
        "{0} expects one weight for each {1}, {2} of them since its input comes from {3}, got {4}");

    public static RuleMessage Message(string loss, string what, int expected, string origin, int actual) =>
        new(Rule, loss, what, expected, origin, actual);
}

/// <summary>Contrastive and triplet losses compare the rows of a sample.</summary>
internal static class EmbeddingsExpected
{
    public const string Id = "MDL0053";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "A loss of distances needs embeddings",
        "{0} expects {1} as {2} rows, but its input is {3} from {4}");

    public static RuleMessage Message(string loss, string embeddings, int rows, Extents input, string origin) =>
        new(Rule, loss, embeddings, rows, input, origin);
}

/// <summary>A divergence taken of probabilities as if they were logarithms, or the other way round.</summary>
internal static class DivergenceOfTheOther
{
    public const string Id = "MDL0054";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Argument, DiagnosticSeverity.Warning,
        "KullbackLeibler must know whether it gets logarithms",
        "KullbackLeibler expects {0}, but [{1}] gives {2}; set {3} = {4}");

    public static RuleMessage Message(string expected, string layer, string given, string option, string value) =>
        new(Rule, expected, layer, given, option, value);
}

/// <summary>A loss of the user's own is a struct or a block.</summary>
internal static class TypeIsNoLoss
{
    public const string Id = "MDL0443";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Declaration, DiagnosticSeverity.Error,
        "The type is no loss",
        "'{0}' is no loss: [Loss<T>] takes a class with [Block] and a method 'Forward(Tensor outputs, Tensor targets)'"
            + ", or a struct that implements ILoss");

    public static RuleMessage Message(string type) => new(Rule, type);
}

/// <summary>The mean over the samples is made of one number for each.</summary>
internal static class LossGivesOneNumber
{
    public const string Id = "MDL0444";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "A loss gives one number for each sample",
        "The loss '{0}' gives {1} for each sample instead of one number; end it with .Mean() or .Sum()");

    public static RuleMessage Message(string block, Extents output) => new(Rule, block, output);
}

/// <summary>A batch comes with labels or with values, once.</summary>
internal static class LossTakesOneTarget
{
    public const string Id = "MDL0445";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Structure, DiagnosticSeverity.Error,
        "A loss takes targets once",
        "The loss '{0}' takes targets as {1} parameters, but a batch has labels or values once; let one parameter take "
            + "all of them, or give each its own head");

    public static RuleMessage Message(string block, int parameters) => new(Rule, block, parameters);
}

/// <summary>Only a loss sees targets.</summary>
internal static class TargetOutsideLoss
{
    public const string Id = "MDL0446";

    // Whether a block is a loss is where it is used.
    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Shape, DiagnosticSeverity.Error,
        "Targets belong to a loss",
        "[{0}] stands at a parameter of a method that is no loss here: only the block of a [Loss<T>] is given targets");

    public static RuleMessage Message(string attribute) => new(Rule, attribute);
}
