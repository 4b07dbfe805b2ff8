namespace ModelDsl.Generator.Diagnostics;

/// <summary>A result of Predict is a view of the model's memory.</summary>
internal static class ResultIsOverwritten
{
    public const string Id = "MDL0110";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Advice, DiagnosticSeverity.Warning,
        "A kept result has been overwritten",
        "'{0}' shows the memory of {1}, which the model has written again since: use it before, or keep a copy "
            + "(ToArray)");

    public static RuleMessage Message(string local, string origin) => new(Rule, local, origin);
}

/// <summary>What would throw at run time is known while typing.</summary>
internal static class LengthDoesNotFit
{
    public const string Id = "MDL0201";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.CallSite, DiagnosticSeverity.Error,
        "The number of values does not fit",
        "{0} expects {1}, got {2}");

    public static RuleMessage Message(string place, string expected, long actual) => new(Rule, place, expected, actual);
}

/// <summary>Outputs have another width than the inputs they become.</summary>
internal static class SamplesDoNotFit
{
    public const string Id = "MDL0202";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.CallSite, DiagnosticSeverity.Error,
        "The samples of one model do not fit another",
        "{0} expects samples of {1} values ({2}), but those from {3} have {4} ({5})");

    public static RuleMessage Message(
        string place, long expected, string expectedShape, string origin, long actual, string actualShape) =>
        new(Rule, place, expected, expectedShape, origin, actual, actualShape);
}

/// <summary>The shape of a data set's samples is known where it is made.</summary>
internal static class DatasetDoesNotFit
{
    public const string Id = "MDL0203";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.CallSite, DiagnosticSeverity.Error,
        "A data set does not fit the model",
        "'{0}' expects samples of {1} values ({2}), but the data set holds samples of {3} ({4})");

    public static RuleMessage Message(
        string model, long expected, string expectedShape, long actual, string actualShape) =>
        new(Rule, model, expected, expectedShape, actual, actualShape);
}

/// <summary>A loss takes labels or values, and a certain number of them for each sample.</summary>
internal static class TargetsDoNotFit
{
    public const string Id = "MDL0204";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.CallSite, DiagnosticSeverity.Error,
        "Targets do not fit the model",
        "{0} expects {1}, got {2}");

    public static RuleMessage Message(string place, string expected, string actual) =>
        new(Rule, place, expected, actual);
}

/// <summary>A label counts the classes from 0.</summary>
internal static class LabelsDoNotFit
{
    public const string Id = "MDL0205";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.CallSite, DiagnosticSeverity.Error,
        "Labels do not fit the classes",
        "{0} expects {1}, got {2}");

    public static RuleMessage Message(string place, string expected, string actual) =>
        new(Rule, place, expected, actual);
}

/// <summary>The length of a result is known where the number of samples is.</summary>
internal static class IndexOutsideResult
{
    public const string Id = "MDL0206";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.CallSite, DiagnosticSeverity.Error,
        "An index lies outside a result",
        "{0} gives {1} values: {2} lies outside");

    public static RuleMessage Message(string result, int count, string access) => new(Rule, result, count, access);
}

/// <summary>What ForInference gives has packed weights, and no gradients.</summary>
internal static class CopyCannotTrain
{
    public const string Id = "MDL0207";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.CallSite, DiagnosticSeverity.Error,
        "A copy for inference cannot be trained",
        "{0} needs a model that can be trained, but this one is a copy from ForInference, which only predicts");

    public static RuleMessage Message(string member) => new(Rule, member);
}
