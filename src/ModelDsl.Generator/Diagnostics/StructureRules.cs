namespace ModelDsl.Generator.Diagnostics;

/// <summary>The first attribute states the shape of a sample.</summary>
internal static class ModelNeedsInput
{
    public const string Id = "MDL0005";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Structure, DiagnosticSeverity.Error,
        "A model needs an input",
        "'{0}' does not say what flows in; start its attributes with [Input(...)]");

    public static RuleMessage Message(string model) => new(Rule, model);
}

/// <summary>The input is the start of the flow.</summary>
internal static class InputMustComeFirst
{
    public const string Id = "MDL0006";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Structure, DiagnosticSeverity.Error,
        "Input must come first",
        "[{0}] must be the first layer and stand once, but [{1}] comes before it");

    public static RuleMessage Message(string input, string first) => new(Rule, input, first);
}

/// <summary>Without a layer there is nothing to compute.</summary>
internal static class ModelNeedsLayer
{
    public const string Id = "MDL0007";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Structure, DiagnosticSeverity.Error,
        "A model needs a layer",
        "'{0}' has an input and no layer behind it");

    public static RuleMessage Message(string model) => new(Rule, model);
}

/// <summary>The last attribute is a loss.</summary>
internal static class ModelNeedsLoss
{
    public const string Id = "MDL0008";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Structure, DiagnosticSeverity.Error,
        "A model needs a loss",
        "'{0}' does not say what it is trained for; end its attributes with a loss such as [SoftmaxCrossEntropy] "
            + "or [MeanSquaredError], or write [Model(Inference = true)] if it only predicts");

    public static RuleMessage Message(string model) => new(Rule, model);
}

/// <summary>Nothing flows behind the loss.</summary>
internal static class LayerAfterLoss
{
    public const string Id = "MDL0009";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Structure, DiagnosticSeverity.Error,
        "The loss must come last",
        "[{0}] stands after the loss [{1}], where nothing flows any more; move the loss to the end");

    public static RuleMessage Message(string layer, string loss) => new(Rule, layer, loss);
}

/// <summary>A model is trained for one thing.</summary>
internal static class SecondLoss
{
    public const string Id = "MDL0010";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Structure, DiagnosticSeverity.Error,
        "A model has one loss",
        "[{0}] is a second loss after [{1}]; keep one");

    public static RuleMessage Message(string second, string first) => new(Rule, second, first);
}

/// <summary>Only ModelDsl's own layer attributes have a meaning.</summary>
internal static class UnknownLayer
{
    public const string Id = "MDL0021";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Structure, DiagnosticSeverity.Error,
        "The compiler does not know the layer",
        "The compiler does not know the layer '{0}'; use a layer of ModelDsl");

    public static RuleMessage Message(string layer) => new(Rule, layer);
}

/// <summary>The compiler writes code for each layer, so that a count with a digit too many would never end.</summary>
internal static class TooManyLayers
{
    public const string Id = "MDL0040";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Structure, DiagnosticSeverity.Error,
        "A model has too many layers",
        "The blocks of [{0}] bring the model beyond {1} layers, the most that it can have");

    public static RuleMessage Message(string layer, int most) => new(Rule, layer, most);
}

/// <summary>A branch without input beside towers that have theirs.</summary>
internal static class TowerNeedsInput
{
    public const string Id = "MDL0055";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Structure, DiagnosticSeverity.Error,
        "All branches at the start of a model need inputs of their own",
        "'{0}' is one of several branches at the start of a model that has no [Input(...)] of its own, so it must "
            + "start with an [Input(...)] as the others do");

    public static RuleMessage Message(string block) => new(Rule, block);
}

/// <summary>A block in [Outputs] that does not say what it is trained for.</summary>
internal static class HeadNeedsLoss
{
    public const string Id = "MDL0056";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Structure, DiagnosticSeverity.Error,
        "A head ends with a loss",
        "'{0}' is a head of the model and must end with a loss, such as [SoftmaxCrossEntropy] or [MeanSquaredError]");

    public static RuleMessage Message(string block) => new(Rule, block);
}

/// <summary>A model that only predicts has nothing that training needs.</summary>
internal static class InferenceIsNotTrained
{
    public const string Id = "MDL0447";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Structure, DiagnosticSeverity.Error,
        "A model that only predicts is not trained",
        "{0} is for training, but '{1}' only predicts; remove it, or Inference = true");

    public static RuleMessage Message(string what, string model) => new(Rule, what, model);
}
