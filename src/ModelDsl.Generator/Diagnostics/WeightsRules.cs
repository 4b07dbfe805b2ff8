namespace ModelDsl.Generator.Diagnostics;

/// <summary>The compiler looks at files that the project names.</summary>
internal static class WeightsNotFound
{
    public const string Id = "MDL0301";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Weights, DiagnosticSeverity.Warning,
        "The file of weights is not part of the build",
        "'{0}' is not among the AdditionalFiles of the project, so the compiler cannot compare it with '{1}'");

    public static RuleMessage Message(string path, string model) => new(Rule, path, model);
}

/// <summary>A file is never trusted.</summary>
internal static class WeightsDamaged
{
    public const string Id = "MDL0302";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Weights, DiagnosticSeverity.Error,
        "The file of weights cannot be read",
        "'{0}' is no sound safetensors file: {1}");

    public static RuleMessage Message(string path, string reason) => new(Rule, path, reason);
}

/// <summary>Loading the file would fail.</summary>
internal static class TensorMissing
{
    public const string Id = "MDL0303";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Weights, DiagnosticSeverity.Error,
        "A tensor is missing from the file of weights",
        "[{0}] needs the tensor '{1}' of {2}, which '{3}' does not have");

    public static RuleMessage Message(string layer, string tensor, string shape, string path) =>
        new(Rule, layer, tensor, shape, path);
}

/// <summary>Loading the file would fail.</summary>
internal static class TensorDoesNotFit
{
    public const string Id = "MDL0304";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Weights, DiagnosticSeverity.Error,
        "A tensor in the file of weights has another shape",
        "[{0}] needs the tensor '{1}' of {2}, but '{3}' has it as {4}");

    public static RuleMessage Message(string layer, string tensor, string shape, string path, string actual) =>
        new(Rule, layer, tensor, shape, path, actual);
}

/// <summary>A file of another architecture is refused as a whole.</summary>
internal static class TensorUnknown
{
    public const string Id = "MDL0305";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Weights, DiagnosticSeverity.Error,
        "The file of weights has a tensor that the model does not know",
        "'{0}' has the tensor '{1}' of {2}, which '{3}' does not know");

    public static RuleMessage Message(string path, string tensor, string shape, string model) =>
        new(Rule, path, tensor, shape, model);
}

/// <summary>Loading the file would fail.</summary>
internal static class TensorHasOtherType
{
    public const string Id = "MDL0306";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Weights, DiagnosticSeverity.Error,
        "A tensor in the file of weights has another element type",
        "[{0}] needs the tensor '{1}' as F32, F64, F16 or BF16, but '{2}' has it as {3}");

    public static RuleMessage Message(string layer, string tensor, string path, string type) =>
        new(Rule, layer, tensor, path, type);
}
