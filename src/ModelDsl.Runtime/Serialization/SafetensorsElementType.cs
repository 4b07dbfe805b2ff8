using System.Text.Json;

namespace ModelDsl;

/// <summary>The element types of the safetensors format.</summary>
public enum SafetensorsElementType
{
    /// <summary>Truth values, a byte each.</summary>
    Boolean,

    /// <summary>Unsigned integers of 8 bits.</summary>
    U8,

    /// <summary>Integers of 8 bits.</summary>
    I8,

    /// <summary>Floating-point numbers of 8 bits: 5 of exponent, 2 of mantissa.</summary>
    F8E5M2,

    /// <summary>Floating-point numbers of 8 bits: 4 of exponent, 3 of mantissa.</summary>
    F8E4M3,

    /// <summary>Integers of 16 bits.</summary>
    I16,

    /// <summary>Unsigned integers of 16 bits.</summary>
    U16,

    /// <summary>Floating-point numbers of 16 bits (IEEE 754 half precision).</summary>
    F16,

    /// <summary>The upper 16 bits of floating-point numbers of 32 bits.</summary>
    BF16,

    /// <summary>Integers of 32 bits.</summary>
    I32,

    /// <summary>Unsigned integers of 32 bits.</summary>
    U32,

    /// <summary>Floating-point numbers of 32 bits.</summary>
    F32,

    /// <summary>Integers of 64 bits.</summary>
    I64,

    /// <summary>Unsigned integers of 64 bits.</summary>
    U64,

    /// <summary>Floating-point numbers of 64 bits.</summary>
    F64,
}

/// <summary>The size of each element type, and its name in a header.</summary>
internal static class SafetensorsElementTypes
{
    private static readonly ImmutableArray<(SafetensorsElementType Type, string Name, int Size)> All =
    [
        (SafetensorsElementType.Boolean, "BOOL", 1),
        (SafetensorsElementType.U8, "U8", 1),
        (SafetensorsElementType.I8, "I8", 1),
        (SafetensorsElementType.F8E5M2, "F8_E5M2", 1),
        (SafetensorsElementType.F8E4M3, "F8_E4M3", 1),
        (SafetensorsElementType.I16, "I16", 2),
        (SafetensorsElementType.U16, "U16", 2),
        (SafetensorsElementType.F16, "F16", 2),
        (SafetensorsElementType.BF16, "BF16", 2),
        (SafetensorsElementType.I32, "I32", 4),
        (SafetensorsElementType.U32, "U32", 4),
        (SafetensorsElementType.F32, "F32", 4),
        (SafetensorsElementType.I64, "I64", 8),
        (SafetensorsElementType.U64, "U64", 8),
        (SafetensorsElementType.F64, "F64", 8),
    ];

    /// <summary>The bytes of one element.</summary>
    public static int SizeOf(SafetensorsElementType type) => All[(int)type].Size;

    /// <summary>Whether the elements can be read as floats.</summary>
    public static bool IsReadable(SafetensorsElementType type) =>
        type is SafetensorsElementType.F32 or SafetensorsElementType.F64 or SafetensorsElementType.F16
            or SafetensorsElementType.BF16;

    /// <summary>The name in a header.</summary>
    public static string NameOf(SafetensorsElementType type) => All[(int)type].Name;

    /// <summary>The type of the name that the reader stands at, or null where there is none.</summary>
    public static SafetensorsElementType? Parse(in Utf8JsonReader reader)
    {
        foreach ((SafetensorsElementType type, string known, _) in All)
        {
            if (reader.ValueTextEquals(known))
            {
                return type;
            }
        }

        return null;
    }
}
