namespace ModelDsl;

/// <summary>Marks a partial class as a model: its attributes, in the order of the text, are its layers.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class ModelAttribute : Attribute
{
    /// <summary>
    /// The most parameters that the model is meant to have; the compiler warns where there are more. Default: no limit.
    /// </summary>
    public int MaxParameters { get; set; } = int.MaxValue;
}
