using System.Globalization;

namespace ModelDsl;

/// <summary>One tensor as a safetensors header describes it.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="ElementType">The type of the elements.</param>
/// <param name="Dimensions">The extents, outermost first; empty for a single number. An extent may be 0.</param>
/// <param name="Offset">Where the elements start, in bytes after the header.</param>
/// <param name="ByteLength">The bytes of all elements.</param>
public sealed record SafetensorsTensor(
    string Name,
    SafetensorsElementType ElementType,
    ImmutableArray<long> Dimensions,
    long Offset,
    long ByteLength)
{
    /// <summary>The number of elements.</summary>
    public long Count => ByteLength / SafetensorsElementTypes.SizeOf(ElementType);

    /// <summary>The extents with a cross between them: <c>512x784</c>.</summary>
    public string ShapeText =>
        string.Join('x', Dimensions.Select(extent => extent.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The name as a message may show it.</summary>
    internal string ShownName => PrintableText.Name(Name);

    /// <summary>The extents as a message may show them: a hostile file gives a tensor any number.</summary>
    internal string ShownShape => Dimensions.Length switch
    {
        0 => "a single number",
        > PrintableText.MostExtents => string.Join('x', Dimensions.Take(PrintableText.MostExtents)) + "x...",
        _ => ShapeText,
    };

    /// <summary>Whether the tensor has the extents of <paramref name="shape"/>.</summary>
    public bool HasShape(Shape shape)
    {
        if (Dimensions.Length != shape.Dimensions.Length)
        {
            return false;
        }

        for (int i = 0; i < Dimensions.Length; i++)
        {
            if (Dimensions[i] != shape.Dimensions[i])
            {
                return false;
            }
        }

        return true;
    }
}
