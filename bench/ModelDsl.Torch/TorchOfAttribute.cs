namespace Benchmarks.Torch;

/// <summary>Says which generic attribute a class gives the meaning of, where no interface can name it.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
internal sealed class TorchOfAttribute(Type attribute) : Attribute
{
    /// <summary>The open generic attribute: <c>typeof(ResidualAttribute&lt;&gt;)</c>.</summary>
    public Type Attribute { get; } = attribute;
}
