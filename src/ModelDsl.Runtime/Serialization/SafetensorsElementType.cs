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
