namespace ModelDsl;

/// <summary>Marks a partial class as a model: its attributes, in the order of the text, are its layers.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class ModelAttribute : Attribute;
