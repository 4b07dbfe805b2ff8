namespace ModelDsl;

/// <summary>What an IDX file holds. The values are the type codes in the file.</summary>
public enum IdxElementType
{
    /// <summary>Bytes from 0 to 255.</summary>
    UInt8 = 0x08,

    /// <summary>Bytes from -128 to 127.</summary>
    Int8 = 0x09,

    /// <summary>Integers of 16 bits.</summary>
    Int16 = 0x0B,

    /// <summary>Integers of 32 bits.</summary>
    Int32 = 0x0C,

    /// <summary>Floating-point numbers of 32 bits.</summary>
    Single = 0x0D,

    /// <summary>Floating-point numbers of 64 bits.</summary>
    Double = 0x0E,
}
