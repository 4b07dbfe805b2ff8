namespace ModelDsl.Kernels;

/// <summary>A number as a type, so that it is a constant to the JIT.</summary>
internal interface ICount
{
    /// <summary>The number.</summary>
    static abstract int Value { get; }
}
