namespace ModelDsl.Generator.Diagnostics;

/// <summary>The compiler reads a forward method; what it cannot follow has no meaning in it.</summary>
internal static class ForwardNotReadable
{
    public const string Id = "MDL0421";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Structure, DiagnosticSeverity.Error,
        "An expression cannot be part of a forward method",
        "'{0}' cannot be part of a forward method: {1}");

    public static RuleMessage Message(string expression, string reason) => new(Rule, expression, reason);
}

/// <summary>A forward method takes and returns tensors.</summary>
internal static class ForwardHasOtherSignature
{
    public const string Id = "MDL0422";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Structure, DiagnosticSeverity.Error,
        "A forward method has another signature",
        "The method 'Forward' of '{0}' should be 'private static Tensor Forward(Tensor x)', with '[Parameter(...)] Tensor' "
            + "for each parameter of the model, but {1}");

    public static RuleMessage Message(string type, string reason) => new(Rule, type, reason);
}

/// <summary>Layers between input and loss are attributes or a method, not both.</summary>
internal static class LayerBesideMethod
{
    public const string Id = "MDL0423";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Structure, DiagnosticSeverity.Error,
        "A layer stands beside a forward method",
        "[{0}] stands beside the method 'Forward' of '{1}', which says what the layers are; call it in the method or remove one "
            + "of the two");

    public static RuleMessage Message(string layer, string type) => new(Rule, layer, type);
}

/// <summary>What leads to no output is not computed.</summary>
internal static class TensorIsUnused
{
    public const string Id = "MDL0424";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Structure, DiagnosticSeverity.Warning,
        "A tensor of a forward method is not used",
        "The result of '{0}' does not lead to what the method returns, so it is left out of the model");

    public static RuleMessage Message(string expression) => new(Rule, expression);
}

/// <summary>Tensors exist for the compiler only.</summary>
internal static class TensorOutsideForward
{
    public const string Id = "MDL0425";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Structure, DiagnosticSeverity.Error,
        "A tensor is used outside of a forward method",
        "'{0}' would throw when the program runs: a Tensor exists only in the method 'Forward' of a class with [Model] or [Block], "
            + "and in methods that it calls");

    public static RuleMessage Message(string expression) => new(Rule, expression);
}

/// <summary>A block takes as many tensors as its method has parameters.</summary>
internal static class BlockTakesOtherInputs
{
    public const string Id = "MDL0426";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Structure, DiagnosticSeverity.Error,
        "A block takes another number of inputs",
        "The block '{0}' takes {1} inputs, but {2} flow into it here");

    public static RuleMessage Message(string block, int inputs, int given) => new(Rule, block, inputs, given);
}

/// <summary>The layers of a block in another assembly are where the generator put them when it was built.</summary>
internal static class BlockIsNotRecorded
{
    public const string Id = "MDL0427";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Structure, DiagnosticSeverity.Error,
        "The layers of a block in another assembly cannot be read",
        "The block '{0}' has its layers in a method of another assembly, which holds no record of them that this "
            + "version of ModelDsl reads; build both with the same version");

    public static RuleMessage Message(string block) => new(Rule, block);
}
