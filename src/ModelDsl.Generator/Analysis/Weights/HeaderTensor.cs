using System.Globalization;

namespace ModelDsl.Generator.Analysis.Weights;

/// <summary>A tensor as the header of a safetensors file describes it.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="ElementType">What it consists of: <c>F32</c>.</param>
/// <param name="Dimensions">Its extents, outermost first.</param>
internal sealed record HeaderTensor(string Name, string ElementType, EquatableArray<long> Dimensions)
{
    /// <summary>The name as a message may show it.</summary>
    public string ShownName => PrintableText.Name(Name);

    /// <summary>The extents as a message may show them: a hostile file gives a tensor any number.</summary>
    public string ShownShape => Dimensions.IsEmpty
        ? "a single number"
        : string.Join(
            "x",
            Dimensions.Take(PrintableText.MostExtents).Select(extent => extent.ToString(CultureInfo.InvariantCulture)))
            + (Dimensions.Count > PrintableText.MostExtents ? "x..." : "");

    /// <summary>Whether the runtime reads the elements as floats.</summary>
    public bool IsReadable => ElementType is "F32" or "F64" or "F16" or "BF16";
}
