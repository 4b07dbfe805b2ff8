namespace ModelDsl.Generator.Diagnostics;

/// <summary>A layer whose values must not be rounded to 16 bits.</summary>
internal static class LayerNeedsFullPrecision
{
    public const string Id = "MDL0066";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Structure, DiagnosticSeverity.Error,
        "A layer needs 32 bits",
        "[{0}] cannot be part of a model of Precision.{1}: it {2}");

    public static RuleMessage Message(string layer, string precision, string reason) =>
        new(Rule, layer, precision, reason);
}

/// <summary>A number that stands for no format.</summary>
internal static class PrecisionUnknown
{
    public const string Id = "MDL0067";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Argument, DiagnosticSeverity.Error,
        "The precision is none",
        "'{0}' has the precision {1}, which is none; use Precision.Float32, Precision.BFloat16 or Precision.Float16");

    public static RuleMessage Message(string model, int precision) => new(Rule, model, precision);
}

/// <summary>Gradients that are clipped one by one have 32 bits.</summary>
internal static class ClippingNeedsFullPrecision
{
    public const string Id = "MDL0065";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Argument, DiagnosticSeverity.Error,
        "Clipping by sample needs 32 bits",
        "'{0}' has Precision.{1} and PerSampleClipping, which computes the gradients of samples in 32 bits only; leave out one "
            + "of the two");

    public static RuleMessage Message(string model, string precision) => new(Rule, model, precision);
}
