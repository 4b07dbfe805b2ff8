namespace ModelDsl.Generator.Parsing.Methods;

/// <summary>What an expression of a forward method stands for while the method is read.</summary>
internal abstract record MethodValue
{
    /// <summary>A value of which nothing is known, since what it comes from was reported.</summary>
    public static MethodValue Unknown { get; } = new UnknownValue();
}

/// <inheritdoc cref="MethodValue.Unknown"/>
internal sealed record UnknownValue : MethodValue;

/// <summary>A tensor: the output of a layer.</summary>
internal sealed record TensorValue(LayerSource Source) : MethodValue;

/// <summary>A number, a truth value, a text, or null.</summary>
internal sealed record ConstantValue(object? Constant) : MethodValue;

/// <summary>Several values in order: a tuple, an array, or the parts of a tensor.</summary>
internal sealed record ListValue(ImmutableArray<MethodValue> Elements) : MethodValue;

/// <summary>An index from the start or from the end.</summary>
internal sealed record IndexValue(int Index, bool IsFromEnd) : MethodValue
{
    /// <summary>The index with what counts from the end as a negative number; -0 is the end itself.</summary>
    public int Signed => IsFromEnd ? -Index : Index;
}

/// <summary>A range of indices.</summary>
internal sealed record RangeValue(IndexValue Start, IndexValue End) : MethodValue;
