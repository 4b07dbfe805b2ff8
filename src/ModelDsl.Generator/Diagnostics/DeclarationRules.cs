namespace ModelDsl.Generator.Diagnostics;

/// <summary>The generated half needs a partial class to go to.</summary>
internal static class ModelMustBePartial
{
    public const string Id = "MDL0001";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Declaration, DiagnosticSeverity.Error,
        "A model must be partial",
        "'{0}' must be declared partial, since the compiler adds its other part");

    public static RuleMessage Message(string model) => new(Rule, model);
}

/// <summary>The generated half repeats the types around the model.</summary>
internal static class ContainingTypeMustBePartial
{
    public const string Id = "MDL0002";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Declaration, DiagnosticSeverity.Error,
        "A type around a model must be partial",
        "'{0}' must be declared partial, since it contains the model '{1}'");

    public static RuleMessage Message(string type, string model) => new(Rule, type, model);
}

/// <summary>Records, structs, static and abstract classes cannot be models.</summary>
internal static class ModelMustBeClass
{
    public const string Id = "MDL0003";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Declaration, DiagnosticSeverity.Error,
        "A model must be an ordinary class",
        "'{0}' is {1}, but a model must be an instantiable class: it owns memory that cannot be copied or compared "
            + "by value");

    public static RuleMessage Message(string model, string what) => new(Rule, model, what);
}

/// <summary>Data flows in the order of the text, and parts have no order.</summary>
internal static class ModelInSeveralParts
{
    public const string Id = "MDL0004";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Declaration, DiagnosticSeverity.Error,
        "A model's attributes must stand on one part of the class",
        "The attributes of '{0}' stand on several parts of the class, which have no order; move them to one part");

    public static RuleMessage Message(string model) => new(Rule, model);
}

/// <summary>Layer attributes mean nothing on an ordinary class.</summary>
internal static class LayerWithoutModel
{
    public const string Id = "MDL0011";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Structure, DiagnosticSeverity.Error,
        "A layer attribute needs a model",
        "[{0}] has no effect, since '{1}' is not marked with [Model]");

    public static RuleMessage Message(string layer, string type) => new(Rule, layer, type);
}

/// <summary>The generated constructor sets up the model's memory.</summary>
internal static class ModelHasPrimaryConstructor
{
    public const string Id = "MDL0026";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Declaration, DiagnosticSeverity.Error,
        "A model cannot have a primary constructor",
        "'{0}' has a primary constructor, which the generated constructor cannot call; declare an ordinary "
            + "constructor that calls this(seed)");

    public static RuleMessage Message(string model) => new(Rule, model);
}

/// <summary>A file-local type has all of its parts in one file, and the generated half is another file.</summary>
internal static class ModelIsFileLocal
{
    public const string Id = "MDL0027";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Declaration, DiagnosticSeverity.Error,
        "A model cannot be local to a file",
        "'{0}' is local to its file, where the compiler cannot add the generated half; make it internal or private");

    public static RuleMessage Message(string model) => new(Rule, model);
}

/// <summary>The generated half declares a member of that name and signature.</summary>
internal static class MemberIsGenerated
{
    public const string Id = "MDL0028";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Declaration, DiagnosticSeverity.Error,
        "The compiler generates this member",
        "The compiler generates '{0}' for the model '{1}'; choose another name");

    public static RuleMessage Message(string member, string model) => new(Rule, member, model);
}

/// <summary>Only the generated constructor takes the model's memory.</summary>
internal static class ConstructorMustChain
{
    public const string Id = "MDL0029";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Declaration, DiagnosticSeverity.Error,
        "A model's constructor must call the generated one",
        "This constructor of '{0}' leaves the model without memory; let it call the generated constructor with ': "
            + "this(seed)' or ': this()'");

    public static RuleMessage Message(string model) => new(Rule, model);
}

/// <summary>Generated code calls methods of the runtime that take a list of arguments as a span.</summary>
internal static class LanguageTooOld
{
    public const string Id = "MDL0057";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Declaration, DiagnosticSeverity.Error,
        "Models need C# 13",
        "The model '{0}' needs C# 13 or later, but the project is compiled as C# {1}; remove LangVersion from the "
            + "project file");

    public static RuleMessage Message(string model, string version) => new(Rule, model, version);
}

/// <summary>Generated code names the runtime from the global namespace.</summary>
internal static class RuntimeNeedsGlobalName
{
    public const string Id = "MDL0058";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Declaration, DiagnosticSeverity.Error,
        "Models need ModelDsl in the global namespace",
        "The model '{0}' cannot find ModelDsl under the alias '{1}' alone; write Aliases=\"global,{1}\" for the "
            + "reference");

    public static RuleMessage Message(string model, string alias) => new(Rule, model, alias);
}

/// <summary>Generated code names the author's activations and losses, and stands in a file of its own.</summary>
internal static class TypeIsFileLocal
{
    public const string Id = "MDL0059";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Declaration, DiagnosticSeverity.Error,
        "A type that generated code names cannot be local to a file",
        "'{0}' in [{1}] is local to its file, and generated code stands in another; make it internal or private");

    public static RuleMessage Message(string type, string layer) => new(Rule, type, layer);
}

/// <summary>The generated constructors call the base class's.</summary>
internal static class BaseNeedsConstructor
{
    public const string Id = "MDL0093";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Declaration, DiagnosticSeverity.Error,
        "A model's base class needs a constructor without parameters",
        "The base class '{0}' of '{1}' has no accessible constructor that can be called without arguments, as the "
            + "generated constructor does; add one");

    public static RuleMessage Message(string @base, string model) => new(Rule, @base, model);
}

/// <summary>The generated Load and Create make instances.</summary>
internal static class MemberIsRequired
{
    public const string Id = "MDL0094";

    public static readonly DiagnosticDescriptor Rule = Descriptor.Create(
        Id, Category.Declaration, DiagnosticSeverity.Error,
        "A model cannot have required members",
        "'{0}' of '{1}' is required, but the generated code creates models without it; give it a value and remove "
            + "'required'");

    public static RuleMessage Message(string member, string type) => new(Rule, member, type);
}
